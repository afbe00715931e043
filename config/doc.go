// Package config reads the configuration: one YAML file, kept in version
// control, strict. It promises that every mistake is told, all at once, with
// its place in the file and what would be right, and that nothing is ever
// ignored in silence: a key is read, or refused. What can be compiled is
// compiled at load, so that a configuration that loaded works.
//
// The keys stand in tables (keys.go); reading, the JSON Schema for editors
// and the reference in the README all come from these.
package config
