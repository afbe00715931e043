package config

// form is what a value looks like, as the JSON Schema says it.
type form map[string]any

var (
	formText      = form{"type": []string{"string", "number"}}
	formDuration  = form{"type": "string", "pattern": `^([0-9.]+(ns|us|µs|ms|s|m|h|d|w))+$|^0$|^\$\{`}
	formNumber    = form{"type": []string{"integer", "string"}}
	formBool      = form{"type": []string{"boolean", "string"}}
	formAny       = form{}
	formRule      = form{"$ref": "#/$defs/rule"}
	formCondition = form{"$ref": "#/$defs/condition"}
)

func listOf(f form) form { return form{"type": "array", "items": f} }
func mapOf(f form) form  { return form{"type": "object", "additionalProperties": f} }
func oneOfForm(choices ...string) form {
	return form{"enum": choices}
}

func mappingOf[T any](keys []key[T]) form {
	properties := form{}
	for _, k := range keys {
		one := form{"description": k.what}
		for name, v := range k.form {
			one[name] = v
		}
		properties[k.name] = one
	}
	return form{"type": "object", "additionalProperties": false, "properties": properties}
}
