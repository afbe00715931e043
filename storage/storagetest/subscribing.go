package storagetest

import (
	"context"
	"errors"
	"testing"

	"copydesk/feed"
	"copydesk/storage"
)

func fixedStays(t *testing.T, s Store) {
	ctx := context.Background()
	apply(t, s, Batch("wire", 0, 1, 2, 3))
	apply(t, s, feed.Batch{
		Placed: []feed.Record{{Entry: 1, Story: 1, Fixed: true}, {Entry: 2, Story: 1, Fixed: true}},
		Stories: []feed.Story{{Story: 1, First: At(-1), Last: At(-1), Renditions: []feed.Rendition{
			{Entry: 1, Apart: []int64{3}}, {Entry: 2, Evidence: []feed.Evidence{{Entry: 1, By: "person"}}},
		}}},
		Ended: []int64{2},
	})
	// The story as a whole becomes part of another, without a person's doing.
	apply(t, s, feed.Batch{
		Placed: []feed.Record{{Entry: 1, Story: 3}, {Entry: 2, Story: 3}},
		Stories: []feed.Story{{Story: 3, First: At(-1), Last: At(-1), Renditions: []feed.Rendition{
			{Entry: 3}, {Entry: 1, Apart: []int64{3}}, {Entry: 2, Evidence: []feed.Evidence{{Entry: 1, By: "person"}}},
		}}},
		Ended: []int64{1},
	})
	want := map[int64]bool{1: true, 2: true, 3: false}
	got := map[int64]bool{}
	for _, r := range collect(t, s.Window(ctx, At(-9))) {
		got[r.Entry] = r.Fixed
	}
	equal(t, "fixed in the window", got, want)
	records := get[[]feed.Record](t)(s.Records(ctx, []int64{1, 2, 3}))
	for _, r := range records {
		if r.Fixed != want[r.Entry] || r.Story != 3 {
			t.Errorf("entry %d is in story %d, fixed: %v", r.Entry, r.Story, r.Fixed)
		}
	}
	equal(t, "renditions", get[map[int64]feed.Story](t)(s.Stories(ctx, []int64{3}))[3].Renditions[1].Apart, []int64{3})
}

func listingsMove(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0, 1, 2)
	b.Listings = []feed.Listing{Listing("news", 1, 0)}
	apply(t, s, b)
	before := get[storage.Edition](t)(s.Edition(ctx, "news"))
	moved := Listing("news", 1, 0)
	moved.Key, moved.Story = "s2", 2
	apply(t, s, feed.Batch{Withdrawn: []feed.Listing{{Edition: "news", Key: "s1"}}, Listings: []feed.Listing{moved}})
	equal(t, "listings", get[[]feed.Listing](t)(s.ListingsOf(ctx, []int64{1, 2})), []feed.Listing{moved})
	if after := get[storage.Edition](t)(s.Edition(ctx, "news")); after.Version <= before.Version {
		t.Errorf("version %d after %d", after.Version, before.Version)
	}
}

func subscribers(t *testing.T, s Store) {
	ctx := context.Background()
	who := func(key, want string) {
		t.Helper()
		if name, err := s.Subscriber(ctx, key); name != want || err != nil {
			t.Errorf("the key %s is %q's, %v; want %q's", key, name, err, want)
		}
	}
	who("one", "")
	who("", "")
	if err := errors.Join(s.AddSubscriber(ctx, "noor", "one", At(0)), s.AddSubscriber(ctx, "abe", "two", At(1))); err != nil {
		t.Fatal(err)
	}
	if err := s.AddSubscriber(ctx, "noor", "three", At(2)); !errors.Is(err, storage.ErrExists) {
		t.Errorf("a name was given twice: %v", err)
	}
	who("one", "noor")
	who("two", "abe")
	who("three", "")
	who("noor", "")
	equal(t, "subscribers", get[[]storage.Subscriber](t)(s.Subscribers(ctx)), []storage.Subscriber{{Name: "abe", Added: At(1)}, {Name: "noor", Added: At(0)}})
	if err := s.DropSubscriber(ctx, "noor"); err != nil {
		t.Error(err)
	}
	who("one", "")
	if err := s.DropSubscriber(ctx, "noor"); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("nobody was revoked: %v", err)
	}
}

func webSub(t *testing.T, s Store) {
	ctx := context.Background()
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	first := storage.Subscription{Topic: "https://a.example/feed", Callback: "https://b.example/?x", Secret: "s", Expires: At(5)}
	other := storage.Subscription{Topic: first.Topic, Callback: "https://c.example/", Expires: At(6), Failures: 2}
	do(s.SetSubscription(ctx, first))
	do(s.SetSubscription(ctx, other))
	first.Secret, first.Expires = "changed", At(9)
	do(s.SetSubscription(ctx, first))
	equal(t, "subscriptions", get[[]storage.Subscription](t)(s.Subscriptions(ctx, first.Topic)), []storage.Subscription{first, other})
	do(s.DropSubscription(ctx, other.Topic, other.Callback))
	do(s.DropSubscription(ctx, other.Topic, other.Callback))
	equal(t, "subscriptions", get[[]storage.Subscription](t)(s.Subscriptions(ctx, first.Topic)), []storage.Subscription{first})
	equal(t, "subscriptions of another topic", len(get[[]storage.Subscription](t)(s.Subscriptions(ctx, "https://a.example/"))), 0)

	lease := storage.Lease{Source: "wire", Hub: "https://hub.example/", Topic: "https://wire.example/feed", ID: "x1", Secret: "s", Asked: At(0)}
	do(s.SetLease(ctx, lease))
	lease.ID, lease.Verified, lease.Expires, lease.Error = "x2", At(1), At(20), "it was slow"
	do(s.SetLease(ctx, lease))
	equal(t, "lease", get[storage.Lease](t)(s.Lease(ctx, "wire")), lease)
	equal(t, "lease by id", get[storage.Lease](t)(s.LeaseByID(ctx, "x2")), lease)
	equal(t, "lease by a former id", get[storage.Lease](t)(s.LeaseByID(ctx, "x1")), storage.Lease{})
	equal(t, "leases", get[[]storage.Lease](t)(s.Leases(ctx)), []storage.Lease{lease})
	do(s.DropLease(ctx, "wire"))
	equal(t, "no lease", get[storage.Lease](t)(s.Lease(ctx, "wire")), storage.Lease{})
}
