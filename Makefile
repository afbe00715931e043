# What is done often. Go alone is needed; everything here is a go command.
.PHONY: build test check bench demo fuzz docs

build:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o copydesk .

test:
	go test ./...

check:
	.ci/run

bench:
	go test -run '^$$' -bench . -benchmem ./...

demo:
	go run . demo

docs:
	go test ./cli -run 'TestREADME|TestExample' -update
