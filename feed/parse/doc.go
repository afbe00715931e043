// Package parse makes a document of the bytes that a source sent.
package parse
