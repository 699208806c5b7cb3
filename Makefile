# Two commands do everything: `make demo` and `make test`. Both install missing packages first.
.PHONY: help setup build demo test format bench clean

help:
	@echo "make demo    calibrate a real stereo pair of cameras, no hardware needed"
	@echo "make test    check formatting, build, run all tests"
	@echo "make build   build .build/release/cartcal"
	@echo "make format  format the Swift sources in place"
	@echo "make bench   measure against BoofCV, OpenCV and mrcal (installs them)"

setup:
	@factory/setup

build: setup
	@swift build -c release --product cartcal

demo: build
	@factory/demo-real

# One build configuration for the tests and the tool: numeric tests are slow without optimisation.
test: setup
	swift format lint --strict --recursive Package.swift Sources Tests
	swift build -c release --build-tests
	swift test -c release --skip-build --disable-xctest

format:
	swift format --in-place --recursive Package.swift Sources Tests

bench: build
	Tests/Benchmarks/run

clean:
	rm -rf .build .cache
