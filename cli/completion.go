package cli

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// Run prints a script that completes commands and flags.
func (c *completionCommand) Run(k *kong.Kong, w *World) error {
	tree := map[string][]string{}
	var order []string
	var walk func(n *kong.Node, path string)
	walk = func(n *kong.Node, path string) {
		order = append(order, path)
		for _, child := range n.Children {
			tree[path] = append(tree[path], child.Name)
			walk(child, strings.TrimSpace(path+" "+child.Name))
		}
		for _, group := range n.AllFlags(true) {
			for _, f := range group {
				tree[path] = append(tree[path], "--"+f.Name)
			}
		}
	}
	walk(k.Model.Node, "")
	_, err := fmt.Fprint(w.Stdout, completions[c.Shell](order, tree))
	return err
}

// completions make the script of each shell.
var completions = map[string]func(order []string, tree map[string][]string) string{
	"bash": completeBash,
	"zsh": func(order []string, tree map[string][]string) string {
		return "#compdef copydesk\nautoload -U +X bashcompinit && bashcompinit\n" + completeBash(order, tree)
	},
	"fish": completeFish,
}

func completeBash(order []string, tree map[string][]string) string {
	var b strings.Builder
	b.WriteString(`_copydesk() {
  local word path=""
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) path="$path $word" ;; esac
  done
  case "${path# }" in
`)
	for i := len(order) - 1; i >= 0; i-- {
		pattern := `"` + order[i] + `"*`
		if order[i] == "" {
			pattern = `*`
		}
		fmt.Fprintf(&b, "    %s) COMPREPLY=($(compgen -f -W %q -- \"${COMP_WORDS[COMP_CWORD]}\")) ;;\n", pattern, strings.Join(tree[order[i]], " "))
	}
	b.WriteString("  esac\n}\ncomplete -F _copydesk copydesk\n")
	return b.String()
}

func completeFish(order []string, tree map[string][]string) string {
	var b strings.Builder
	for _, path := range order {
		for _, word := range tree[path] {
			condition := "__fish_use_subcommand"
			if path != "" {
				condition = "__fish_seen_subcommand_from " + strings.Fields(path)[len(strings.Fields(path))-1]
			}
			if name, isFlag := strings.CutPrefix(word, "--"); isFlag {
				fmt.Fprintf(&b, "complete -c copydesk -n %q -l %s\n", condition, name)
			} else {
				fmt.Fprintf(&b, "complete -c copydesk -n %q -a %s\n", condition, word)
			}
		}
	}
	return b.String()
}
