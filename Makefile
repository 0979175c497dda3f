# What one can ask for. Everything real is in meson.build; see CONTRIBUTING.md.
BERLIN = data/races/2009-berlin-men-100m-final.csv
HECTO = build/hecto

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

setup: ## install the Debian packages of tools/apt.txt that are missing
	@tools/setup

build: setup ## build/hecto
	@[ -f build/build.ninja ] || meson setup build >/dev/null
	@ninja -C build

models: ## fetch the pose nets (npm, pinned by hash) that hecto measure --pose runs
	@tools/fetch_models

film: build ## film the Berlin 2009 final: out/berlin-2009.mp4, its photo finish and its page
	@mkdir -p out
	$(HECTO) race $(BERLIN)
	$(HECTO) film $(BERLIN) -o out/berlin-2009.mp4
	$(HECTO) photo $(BERLIN) -o out/berlin-2009-photo.png
	$(HECTO) page $(BERLIN) -o out/berlin-2009.html
	@ls -l out/berlin-2009.mp4 out/berlin-2009-photo.png out/berlin-2009.html

page: build ## the page of the Berlin 2009 final: out/berlin-2009.html, opens in any browser
	@mkdir -p out
	$(HECTO) page $(BERLIN) -o out/berlin-2009.html

check-page: build ## try everything on the page in Chromium; pictures in out/page
	@tools/check_page

check: setup ## build and pass every test, once more under ASan and UBSan
	@tools/check

asan: setup ## the tests under AddressSanitizer and UBSan alone
	@[ -f build-asan/build.ninja ] || CC=clang meson setup build-asan -Db_sanitize=address,undefined -Db_lundef=false -Dc_args=-fno-sanitize-recover=all >/dev/null
	ninja -C build-asan && meson test -C build-asan --no-rebuild --print-errorlogs

tsan: setup ## the tests under ThreadSanitizer
	@[ -f build-tsan/build.ninja ] || CC=clang meson setup build-tsan -Db_sanitize=thread -Db_lundef=false >/dev/null
	ninja -C build-tsan && meson test -C build-tsan --no-rebuild --print-errorlogs

fuzz: setup ## run each reader's fuzz harness for a minute
	@[ -f build-fuzz/build.ninja ] || CC=clang meson setup build-fuzz -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false >/dev/null
	ninja -C build-fuzz && tools/fuzz build-fuzz 60

bench: build ## measure against the bars of DESIGN: one CSV line a job
	@tools/bench build

look: build ## out/look.png: frames through every camera; out/looks.png: every look
	@mkdir -p out
	$(HECTO) film $(BERLIN) --look-sheet out/looks.png
	$(HECTO) film $(BERLIN) --contact-sheet out/look.png --size 640x360

validate-video: build ## measure clips of the synthetic camera: claim, bar, got; films first, some minutes
	@tools/validate_video.py $(HECTO) data

tutorial: build ## write the outputs in docs/tutorial-fit.md anew; look at the difference
	HECTO_LIBRARY=$(CURDIR)/build/src/lib/libhecto.so.0 tests/bindings/test_tutorial.py docs/tutorial-fit.md $(HECTO) . --update

gltf: ## fetch Khronos' glTF validator (npm, pinned by hash), which the test gltf then asks
	npm ci --prefix tools/gltf --silent

fmt: ## lay out every C file as .clang-format says
	@git ls-files '*.c' '*.h' | xargs clang-format -i

lint: build ## clang-tidy and cppcheck
	@tools/lint build

.PHONY: validate-video help setup build models film page check check-page asan tsan fuzz bench look tutorial gltf fmt lint
.DEFAULT_GOAL := help
