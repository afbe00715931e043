package fetch_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
	"copydesk/feed/fetch"
	"copydesk/feed/fetch/fetchtest"
)

func TestHostileUpstreamsEndAsTheyShould(t *testing.T) {
	for _, c := range fetchtest.Hostile() {
		t.Run(c.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				up := fetchtest.NewPiped(t)
				up.Serve("/hostile", c.Answer)
				up.Serve("/feed", fetchtest.Document{Body: fetchtest.Feed()})
				client := fetch.New(fetch.Options{Polling: feed.Polling{Timeout: 20 * time.Second, MaxSize: 1 << 20}, Dial: up.Dial})
				t.Cleanup(client.Close)
				start := time.Now()
				got, err := client.Fetch(context.Background(), feed.Source{Name: "s", URL: up.URL + "/hostile"}, nil)
				judge(t, c, got, err)
				if took := time.Since(start); took > 20*time.Second || c.End != fetchtest.TooSlow && took > time.Second {
					t.Errorf("it took %v", took)
				}
				got, err = client.Fetch(context.Background(), feed.Source{Name: "s", URL: up.URL + "/feed"}, nil)
				if err != nil || !bytes.Equal(got.Body, fetchtest.Feed()) {
					t.Errorf("the next request suffers: %v", err)
				}
			})
		})
	}
}

func TestHostileUpstreamsEndAsTheyShouldOverHTTP2(t *testing.T) {
	a := fetchtest.NewAuthority(t, "ours")
	for _, c := range fetchtest.HostileHTTP2() {
		t.Run(c.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				up := fetchtest.NewFrames(t, a)
				up.Serve("/hostile", c.Answer)
				up.Serve("/feed", (*fetchtest.Stream).Document)
				client := fetch.New(fetch.Options{Polling: feed.Polling{Timeout: 20 * time.Second, MaxSize: 1 << 20}, Dial: up.Dial, TLS: &tls.Config{RootCAs: a.Pool(), Time: func() time.Time { return a.Now }}})
				t.Cleanup(client.Close)
				start := time.Now()
				got, err := client.Fetch(context.Background(), feed.Source{Name: "s", URL: up.URL + "/hostile"}, nil)
				judge(t, fetchtest.Case{Name: c.Name, End: c.End, Says: c.Says}, got, err)
				if took := time.Since(start); took > 20*time.Second || c.End != fetchtest.TooSlow && took > 5*time.Second {
					t.Errorf("it took %v", took)
				}
				if asked := up.Count("/hostile"); asked > 3 { // who sends requests away isn't asked for ever
					t.Errorf("asked %d times", asked)
				}
				synctest.Wait() // the client sees who hung up
				got, err = client.Fetch(context.Background(), feed.Source{Name: "s", URL: up.URL + "/feed"}, nil)
				if err != nil || !bytes.Equal(got.Body, fetchtest.Feed()) {
					t.Errorf("the next request suffers: %v", err)
				}
			})
		})
	}
}

func judge(t *testing.T, c fetchtest.Case, got *feed.Retrieval, err error) {
	t.Helper()
	var e *feed.FetchError
	if err != nil && !errors.As(err, &e) {
		t.Fatalf("%T is no *feed.FetchError", err)
	}
	switch c.End {
	case fetchtest.Whole, fetchtest.Cut:
		if err != nil {
			t.Fatal(err)
		}
		if got.Cut != (c.End == fetchtest.Cut) {
			t.Errorf("cut: %v", got.Cut)
		}
		if c.End == fetchtest.Whole && !bytes.HasPrefix(fetchtest.Feed(), got.Body[:min(len(got.Body), 700)]) {
			t.Errorf("wrong document: %s", cmp.Diff(string(fetchtest.Feed()), string(got.Body)))
		}
		if got.Cut && (got.Validators != feed.Validators{} || got.BodyHash != "") {
			t.Error("a document that was cut left validators")
		}
	default:
		if err == nil {
			t.Fatalf("no error, but %.300q", got.Body)
		}
		if !strings.Contains(err.Error(), c.Says) || !strings.HasPrefix(err.Error(), "upstream.example") || len(err.Error()) > 400 || strings.ContainsAny(err.Error(), "\r\n\x01") {
			t.Errorf("unclear: %q", err)
		}
		if e.Blocked != (c.End == fetchtest.Private) {
			t.Errorf("blocked: %v: %v", e.Blocked, err)
		}
	}
}
