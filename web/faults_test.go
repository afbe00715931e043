package web

import (
	"context"
	"strings"
	"testing"
	"time"
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

func TestAFeedWithNothingToSayIsAsOldAsTheArchive(t *testing.T) {
	s := newServer(newShelf(), newSite())
	s.Library.(*shelf).states = nil
	got := ask(t, s, request{Path: "/status.atom"})
	if want := noon.Add(-24 * time.Hour).Format(time.RFC3339); !strings.Contains(got.body, "<updated>"+want+"</updated>") || strings.Contains(got.body, "<entry") {
		t.Error(got.body)
	}
}
