package config

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

func schemaOf(t *testing.T) map[string]any {
	t.Helper()
	data, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	return schema
}

func decoded(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// check says what of a value a schema doesn't allow, as far as our schema uses
// the language (JSON Schema 2020-12).
func check(root, schema map[string]any, v any, path string) []string {
	if ref, ok := schema["$ref"].(string); ok {
		name := strings.TrimPrefix(ref, "#/$defs/")
		return check(root, root["$defs"].(map[string]any)[name].(map[string]any), v, path)
	}
	var all []string
	if some, ok := schema["anyOf"].([]any); ok && !slices.ContainsFunc(some, func(one any) bool {
		return len(check(root, one.(map[string]any), v, path)) == 0
	}) {
		all = append(all, path+" is none of what it may be")
	}
	if v == nil {
		return all // at its default
	}
	if types := typesOf(schema); len(types) > 0 && !slices.Contains(types, typeOf(v)) && (typeOf(v) != "integer" || !slices.Contains(types, "number")) {
		return append(all, fmt.Sprintf("%s is %s, not %v", path, typeOf(v), types))
	}
	if choices, ok := schema["enum"].([]any); ok && !slices.Contains(choices, v) {
		all = append(all, fmt.Sprintf("%s is %v, not one of %v", path, v, choices))
	}
	if pattern, ok := schema["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(fmt.Sprint(v)) {
		all = append(all, fmt.Sprintf("%s is %v, not like %s", path, v, pattern))
	}
	switch v := v.(type) {
	case []any:
		if items, ok := schema["items"].(map[string]any); ok {
			for i, item := range v {
				all = append(all, check(root, items, item, fmt.Sprintf("%s[%d]", path, i))...)
			}
		}
	case map[string]any:
		properties, _ := schema["properties"].(map[string]any)
		for k, item := range v {
			if p, ok := properties[k].(map[string]any); ok {
				all = append(all, check(root, p, item, path+"."+k)...)
			} else if p, ok := schema["additionalProperties"].(map[string]any); ok {
				all = append(all, check(root, p, item, path+"."+k)...)
			} else if schema["additionalProperties"] == false {
				all = append(all, path+"."+k+" is not known")
			}
		}
	}
	return all
}

func typesOf(schema map[string]any) []string {
	switch t := schema["type"].(type) {
	case string:
		return []string{t}
	case []any:
		var all []string
		for _, one := range t {
			all = append(all, one.(string))
		}
		return all
	}
	return nil
}

func typeOf(v any) string {
	switch v.(type) {
	case map[string]any:
		return "object"
	case []any:
		return "array"
	case bool:
		return "boolean"
	case int, int64, uint64:
		return "integer"
	case float64:
		return "number"
	}
	return "string"
}

// found looks a path of Keys up in the schema: topics.NAME.any, sources[].url.
func found(schema map[string]any, path string) bool {
	for step := range strings.SplitSeq(strings.ReplaceAll(path, "[]", ".[]"), ".") {
		candidates := []map[string]any{schema}
		if some, ok := schema["anyOf"].([]any); ok {
			for _, one := range some {
				candidates = append(candidates, one.(map[string]any))
			}
		}
		var next map[string]any
		for _, c := range candidates {
			for key, from := range map[string]any{"[]": c["items"], "NAME": c["additionalProperties"]} {
				if m, ok := from.(map[string]any); ok && step == key {
					next = m
				}
			}
			if properties, ok := c["properties"].(map[string]any); ok && next == nil {
				next, _ = properties[step].(map[string]any)
			}
		}
		if next == nil {
			return false
		}
		schema = next
	}
	return true
}

func TestTheSchemaKnowsEveryKey(t *testing.T) {
	schema := schemaOf(t)
	if schema["$schema"] != "https://json-schema.org/draft/2020-12/schema" {
		t.Error("it doesn't say which language it is in")
	}
	for _, k := range Keys() {
		if !found(schema, k.Path) {
			t.Errorf("%s is not in the schema", k.Path)
		}
		if k.What == "" {
			t.Errorf("%s says nothing of itself", k.Path)
		}
	}
}

func TestTheSchemaTakesTheStarterAndRefusesMistakes(t *testing.T) {
	schema := schemaOf(t)
	for _, complaint := range check(schema, schema, decoded(t, Starter), "") {
		t.Error(complaint)
	}
	for _, text := range []string{
		"sorces: []", "server: {lisen: x}", "polling: {every: soon}", "editions: [{name: e, stories: two}]",
		"rules: [{drop: {titel: x}}]", "topics: {t: 5}", "sources: {a: b}", "rules: [{keep: {any: {title: x}}, dorp: {}}]",
	} {
		if len(check(schema, schema, decoded(t, []byte(text)), "")) == 0 {
			t.Errorf("the schema takes %s", text)
		}
	}
}
