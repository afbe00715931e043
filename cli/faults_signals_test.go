package cli

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// signalled is the program at work, with an upstream that answers and one
// that never does.
type signalled struct {
	*exec.Cmd
	dir     string
	base    string
	errs    bytes.Buffer
	hanging atomic.Int64 // requests that aren't answered
	ended   chan error
}

func startSignalled(t *testing.T, args ...string) *signalled {
	t.Helper()
	s := &signalled{dir: t.TempDir(), ended: make(chan error, 1)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hangs" {
			s.hanging.Add(1)
			<-r.Context().Done()
			return
		}
		fmt.Fprint(w, rss(things(0, 9)))
	}))
	t.Cleanup(server.Close)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.base = "http://" + l.Addr().String() + "/"
	l.Close()
	text := fmt.Sprintf("server: {listen: %q}\npolling: {allow_private: true, timeout: 10m}\nsources: [{name: good, url: \"%s/good\"}, {name: hangs, url: \"%[2]s/hangs\"}]\neditions: [{name: all, stories: all}]\n",
		l.Addr(), server.URL)
	if err := os.WriteFile(filepath.Join(s.dir, "copydesk.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s.Cmd = exec.Command(self)
	s.Args, s.Dir, s.Stderr = append([]string{"copydesk"}, args...), s.dir, &s.errs
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Process.Kill() }) // it may have ended
	go func() { s.ended <- s.Wait() }()
	until(t, "both upstreams are asked", func() bool { return s.hanging.Load() > 0 })
	return s
}

// ends waits for the program, and checks that nothing is half written.
func (s *signalled) ends(t *testing.T) error {
	t.Helper()
	var err error
	select {
	case err = <-s.ended:
	case <-time.After(10 * time.Second):
		t.Fatalf("it didn't end within 10 s\n%s", &s.errs)
	}
	if strings.Contains(s.errs.String(), "panic") {
		t.Error(s.errs.String())
	}
	if out := s.after(t, "db", "check"); !strings.Contains(out, "is sound") {
		t.Error(out)
	}
	return err
}

// after runs the program again.
func (s *signalled) after(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command(s.Path)
	cmd.Args, cmd.Dir = append([]string{"copydesk"}, args...), s.dir
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("%v: %v", args, err)
	}
	return string(out)
}

// hasAll checks that the next poll makes good what was broken off.
func (s *signalled) hasAll(t *testing.T) {
	t.Helper()
	s.after(t, "poll", "--source", "good")
	if n := strings.Count(s.after(t, "export", "all"), "<entry"); n != 10 {
		t.Errorf("%d entries of 10", n)
	}
}

// Signals during a poll of which one source never answers: the program goes
// on with its configuration read anew, and ends in time.
func TestSignalsDuringAPoll(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it has no such signals")
	}
	signal := func(s *signalled, one os.Signal) {
		t.Helper()
		if err := s.Process.Signal(one); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("reloads, then the end", func(t *testing.T) {
		s := startSignalled(t, "serve")
		for n := range 3 {
			before := s.hanging.Load()
			signal(s, syscall.SIGHUP)
			until(t, fmt.Sprintf("it polls on after reload %d", n), func() bool { return s.hanging.Load() > before })
		}
		signal(s, syscall.SIGHUP)
		signal(s, syscall.SIGTERM)
		if err := s.ends(t); err != nil {
			t.Errorf("%v\n%s", err, &s.errs)
		}
		s.hasAll(t)
	})
	t.Run("the end twice", func(t *testing.T) {
		s := startSignalled(t, "serve")
		signal(s, syscall.SIGTERM)
		_ = s.Process.Signal(syscall.SIGTERM) // it may have ended by the first
		var exit *exec.ExitError
		if err := s.ends(t); err != nil && !errors.As(err, &exit) {
			t.Errorf("%v\n%s", err, &s.errs)
		}
	})
	t.Run("a single poll", func(t *testing.T) {
		s := startSignalled(t, "poll")
		signal(s, syscall.SIGTERM)
		if err := s.ends(t); err == nil {
			t.Error("a poll that was broken off says that all is well")
		}
		s.hasAll(t)
	})
}
