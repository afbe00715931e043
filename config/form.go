package config

import "copydesk/filters"

// form is what a value looks like, as the JSON Schema says it.
type form map[string]any

var (
	formText      = form{"type": []string{"string", "number", "boolean"}} // no, 2026 and 1.10 are texts
	formDuration  = form{"type": "string", "pattern": `^([0-9.]+(ns|us|µs|ms|s|m|h|d|w))+$|^0$|^\$\{`}
	formNumber    = form{"type": []string{"integer", "string"}}
	formDecimal   = form{"type": []string{"number", "string"}}
	formBool      = form{"type": []string{"boolean", "string"}}
	formRule      = form{"$ref": "#/$defs/rule"}
	formCondition = form{"$ref": "#/$defs/condition"}
)

func listOf(f form) form          { return form{"type": "array", "items": f} }
func eitherOf(forms ...form) form { return form{"anyOf": forms} }
func mapOf(f form) form           { return form{"type": "object", "additionalProperties": f} }
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

// conditionForm is a condition: every field that a rule may look at.
func conditionForm() form {
	properties := form{}
	for _, f := range filters.Fields() {
		one := form{"description": f.About}
		for name, v := range conditionValues[f.Kind] {
			one[name] = v
		}
		properties[f.Name] = one
	}
	return form{"type": "object", "additionalProperties": false, "properties": properties}
}

// conditionValues say what the value of a condition's key looks like.
var conditionValues = map[filters.Kind]form{
	filters.TermList:      {"type": []string{"string", "number", "boolean", "array"}},
	filters.NameList:      {"type": []string{"string", "array"}},
	filters.LanguageList:  {"type": []string{"string", "array"}},
	filters.AddressList:   {"type": []string{"string", "array"}},
	filters.HostList:      {"type": []string{"string", "array"}},
	filters.NumberTest:    {"type": []string{"string", "number", "array"}},
	filters.DurationTest:  {"type": []string{"string", "array"}},
	filters.EnclosureList: {"type": []string{"string", "boolean", "array"}},
	filters.Conditions:    {"anyOf": []form{formCondition, listOf(formCondition)}},
	filters.Expressions:   {"type": "string"},
}

func ruleForm() form {
	return form{"type": "object", "additionalProperties": false, "minProperties": 1, "maxProperties": 1,
		"properties": form{"drop": formCondition, "keep": formCondition}}
}
