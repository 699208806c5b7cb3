# Two commands do everything: `make demo` and `make test`. Both install missing packages first.
.PHONY: help setup build demo demo-real test format bench hil clean

help:
	@echo "make demo    calibrate a virtual cart, from pictures to report; no hardware needed"
	@echo "make demo-real  calibrate a real stereo pair of cameras (downloads 96 MB once)"
	@echo "make test    check formatting, build, run all tests"
	@echo "make build   build .build/release/cartcal"
	@echo "make format  format the Swift sources in place"
	@echo "make hil     check cameras and scales under real drivers in a virtual machine"
	@echo "make bench   measure against BoofCV, OpenCV and mrcal (installs them)"

setup:
	@factory/setup

build: setup
	@swift build -c release --product cartcal

demo: build
	@factory/demo

demo-real: build
	@factory/demo-real

# Optimised, because numeric tests are slow without; in a folder of its own, because testable
# modules are compiled differently and would have `make demo` build everything again.
test: setup
	swift format lint --strict --recursive Package.swift Sources Tests
	swift test -c release --scratch-path .build/tests --disable-xctest

format:
	swift format --in-place --recursive Package.swift Sources Tests

bench: build
	Tests/Benchmarks/run

hil: build
	@swift build -c release --product hil-check
	@factory/hil/check

clean:
	rm -rf .build .cache
