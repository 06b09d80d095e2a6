"""What an editor of policies is told of one text: values, without any protocol or editor."""
