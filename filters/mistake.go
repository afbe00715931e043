package filters

// Mistake is something wrong in the configuration of a filter.
type Mistake struct {
	// Path leads from the value that was handed in to the part that is wrong:
	// keys and list indices, as strings ("drop", "any", "0", "titel"). The last
	// part names a key when Key is set, otherwise a value.
	Path  []string
	Key   bool
	Wrong string // what is wrong: `unknown key "titel"`
	Right string // what would be right: `did you mean "title"?`
}
