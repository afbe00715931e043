package config

import _ "embed"

// Starter is the configuration that init writes. copydesk.example.yaml at the
// top is the same, for those who look there; a test holds them together.
//
//go:embed starter.yaml
var Starter []byte
