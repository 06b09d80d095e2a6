"""Assessment, or a policy alone -> the formats that other tools read: OSCAL, CycloneDX, SARIF, JUnit, CSV."""
