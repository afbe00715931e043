package websub

import (
	"context"
	"sync"
	"time"
)

// retries are the waits before a second and further attempts.
var retries = []time.Duration{time.Minute, 10 * time.Minute, time.Hour, 6 * time.Hour}

// work is what has to be done with other hosts: a bounded number of tasks, so
// many at once, each tried again after a while when it fails. It lives in
// memory: what a restart forgets, the next news make good.
type work struct {
	now  func() time.Time
	most int
	once chan struct{} // a place for each task that runs
	wake chan struct{}

	mu    sync.Mutex
	tasks map[string]*task
}

type task struct {
	do      func(ctx context.Context, attempt int) (done bool)
	attempt int
	due     time.Time
	running bool
	next    *task // takes its place when it ends
}

func newWork(now func() time.Time, most, once int) *work {
	return &work{now: now, most: most, once: make(chan struct{}, once), wake: make(chan struct{}, 1), tasks: map[string]*task{}}
}

// add puts a task in the place of one with the same key, if that still
// waits. It reports whether there was room.
func (w *work) add(key string, do func(ctx context.Context, attempt int) bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	fresh := &task{do: do, due: w.now()}
	switch old := w.tasks[key]; {
	case old == nil && len(w.tasks) >= w.most:
		return false
	case old != nil && old.running:
		old.next = fresh
	default:
		w.tasks[key] = fresh
	}
	w.nudge()
	return true
}

func (w *work) nudge() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// run does what is due until the context ends, and waits for what it began.
func (w *work) run(ctx context.Context) {
	var running sync.WaitGroup
	defer running.Wait()
	for {
		key, t, wait := w.pick()
		if t == nil {
			if !w.sleep(ctx, wait) {
				return
			}
			continue
		}
		select {
		case w.once <- struct{}{}:
		case <-ctx.Done():
			return
		}
		running.Go(func() {
			defer func() { <-w.once }()
			w.settle(key, t, t.do(ctx, t.attempt))
		})
	}
}

// pick takes the task that has been due longest, or tells how long to wait.
func (w *work) pick() (key string, picked *task, wait time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for k, t := range w.tasks {
		if !t.running && (picked == nil || t.due.Before(picked.due)) {
			key, picked = k, t
		}
	}
	if picked == nil {
		return "", nil, time.Hour
	}
	if wait = picked.due.Sub(w.now()); wait > 0 {
		return "", nil, min(wait, time.Hour)
	}
	picked.running = true
	return key, picked, 0
}

func (w *work) sleep(ctx context.Context, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-w.wake:
	case <-ctx.Done():
		return false
	}
	return ctx.Err() == nil
}

// settle ends a task, or puts it off.
func (w *work) settle(key string, t *task, done bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case t.next != nil:
		w.tasks[key] = t.next
	case done || t.attempt >= len(retries):
		delete(w.tasks, key)
	default:
		t.running, t.due = false, w.now().Add(retries[t.attempt])
		t.attempt++
	}
	w.nudge()
}
