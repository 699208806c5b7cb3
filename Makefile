# Two commands do everything: `make demo` and `make test`. Both install missing packages first.
.PHONY: help setup build demo demo-real test format fuzz-reader reader-swift bench hil clean

help:
	@echo "make demo    calibrate a virtual cart, from pictures to report; no hardware needed"
	@echo "make demo-real  calibrate a real stereo pair of cameras (downloads 96 MB once)"
	@echo "make test    check formatting, build, run all tests"
	@echo "make build   build .build/release/cartcal"
	@echo "make format  format the Swift sources in place"
	@echo "make hil     check cameras and scales under real drivers in a virtual machine"
	@echo "make fuzz-reader BUNDLE=FILE  feed the C reader 10 million damaged copies of a bundle.bin"
	@echo "make reader-swift STORE=DIR CART=SERIAL  read a bundle from another Swift package"
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

fuzz-reader:
	@mkdir -p .build
	clang -std=c11 -D_DEFAULT_SOURCE -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
	  factory/reader-c/cartcal_reader.c factory/reader-c/tests/fuzz.c -lm -o .build/fuzz-reader
	.build/fuzz-reader $(BUNDLE)

# A package of its own, as another project would depend on this one.
reader-swift: setup
	swift build -c release --package-path factory/reader-swift --scratch-path .build/reader-swift
	.build/reader-swift/release/read-bundle $(STORE) $(CART)

clean:
	rm -rf .build .cache
