# What is done often. Go alone is needed; everything here is a go command.
.PHONY: build test check bench chaos demo fuzz docs

build:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o copydesk .

test:
	go test ./...

check:
	.ci/run

bench:
	go test -run '^$$' -bench . -benchmem ./...

# Kills the real program so many times at random instants, and checks that
# nothing is lost nor published twice: make chaos KILLS=1000
KILLS ?= 300
chaos:
	COPYDESK_CHAOS=$(KILLS) go test ./cli -count=1 -timeout 30m -v -run TestKilledAtAnyInstantNothingIsLostNorTwice

demo:
	go run . demo

docs:
	go test ./cli -run 'TestREADME|TestExample' -update
