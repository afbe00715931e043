package config

import "encoding/json"

// Schema is the JSON Schema (2020-12) of the configuration, for editors. It is
// made from the tables that the file is read by.
func Schema() ([]byte, error) {
	schema := mappingOf(rootKeys())
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["title"] = "copydesk configuration"
	schema["$defs"] = form{"condition": conditionForm(), "rule": ruleForm()}
	data, err := json.MarshalIndent(schema, "", "  ")
	return append(data, '\n'), err
}

// Key is one row of the reference: a key by its path, and what it says.
type Key struct{ Path, What string }

// Keys lists all keys in the order of the reference.
func Keys() []Key {
	var all []Key
	add := func(prefix string, rows []Key) {
		for _, r := range rows {
			all = append(all, Key{prefix + r.Path, r.What})
		}
	}
	add("", rows(rootKeys()))
	add("server.", rows(serverKeys()))
	add("polling.", rows(pollingKeys()))
	add("topics.NAME.", rows(topicKeys()))
	add("sources[].", rows(sourceKeys()))
	add("sources[].tls.", rows(tlsKeys()))
	add("stories.", rows(storiesKeys()))
	add("editions[].", rows(editionKeys()))
	return all
}

func rows[T any](keys []key[T]) []Key {
	all := make([]Key, len(keys))
	for i, k := range keys {
		all[i] = Key{k.name, k.what}
	}
	return all
}
