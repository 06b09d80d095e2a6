"""Assessment -> what people read and other tools parse: the result as data, as text, and its explanation."""
