package web

import (
	"context"
	"strings"
	"testing"
)

func TestFaultsOfRulesAreInTheFeed(t *testing.T) {
	s := newServer(newShelf(), newSite())
	s.Faults = func(context.Context) ([]Fault, error) {
		return []Fault{{Path: "editions[news].rules[0]", Text: "has matched no entry for 60 days", Since: noon}}, nil
	}
	got := ask(t, s, request{Path: "/status.atom"})
	if !strings.Contains(got.body, "editions[news].rules[0]: has matched no entry for 60 days") {
		t.Error(got.body)
	}
	for _, fault := range validAtom(got.body) {
		t.Error(fault)
	}
}
