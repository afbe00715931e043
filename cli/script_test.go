package cli

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write golden files and generated texts anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"copydesk": func() {
			w := Process()
			// Scripts set the clock.
			if now, err := time.Parse(time.RFC3339, os.Getenv("NOW")); err == nil {
				w.Now = func() time.Time { return now }
			}
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM) // as main does
			context.AfterFunc(ctx, stop)
			os.Exit(Main(ctx, os.Args[1:], w))
		},
	})
}

// TestCommandsDoWhatTheirScriptsSay runs testdata/scripts/*.txtar against the
// real program. The command `upstream DIR` serves a folder on loopback, and
// puts its address in $UPSTREAM; files change as the script changes them.
func TestCommandsDoWhatTheirScriptsSay(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../testdata/scripts",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"upstream": upstream,
			"fill":     fill,
			"asked":    asked,
		},
	})
}

// upstream serves a folder, with validators, until the script ends.
func upstream(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: upstream DIR")
	}
	dir := ts.MkAbs(args[0])
	var asked, conditional atomic.Int64
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/asked" {
			fmt.Fprintf(w, "%d requests, %d conditional", asked.Swap(0), conditional.Swap(0))
			return
		}
		asked.Add(1)
		if r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != "" {
			conditional.Add(1)
		}
		if data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(r.URL.Path))); err == nil {
			w.Header().Set("ETag", fmt.Sprintf(`"%x"`, len(data)))
		}
		files.ServeHTTP(w, r)
	}))
	ts.Defer(server.Close)
	ts.Setenv("UPSTREAM", server.URL)
}

// asked compares what the upstream was asked since the last time.
func asked(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf(`usage: asked "N requests, M conditional"`)
	}
	answer, err := http.Get(ts.Getenv("UPSTREAM") + "/asked")
	ts.Check(err)
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	ts.Check(err)
	if string(got) != args[0] {
		ts.Fatalf("upstream was asked %s", got)
	}
}

// fill replaces $NAME in files by the script's environment.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		text := ts.ReadFile(name)
		for _, variable := range []string{"UPSTREAM"} {
			text = strings.ReplaceAll(text, "$"+variable, ts.Getenv(variable))
		}
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o644))
	}
}
