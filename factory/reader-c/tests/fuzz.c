/* fuzz BUNDLE [COUNT [SEED]]: damages a bundle in COUNT ways (10 million unless told otherwise), puts
 * its sums right again in most of them so that what is behind the checksum is reached, and calls
 * everything there is on what opens. Built with the sanitizers, whatever is read or computed wrongly
 * ends it; so does an input that takes more than ten seconds. The same seed makes the same inputs.
 *
 * What must hold: nothing beyond the bytes is read, numbers that were not seen are not written, and
 * what a function says it gave is there. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "../cartcal_reader.h"

static uint64_t state;

/* G. L. Steele, D. Lea, C. H. Flood: Fast splittable pseudorandom number generators (OOPSLA 2014). */
static uint64_t next(void) {
  uint64_t mixed = state += UINT64_C(0x9E3779B97F4A7C15);
  mixed = (mixed ^ mixed >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94D049BB133111EB);
  return mixed ^ mixed >> 31;
}

static size_t below(size_t limit) { return limit == 0 ? 0 : (size_t)(next() % limit); }

static void put(uint8_t *p, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; i++) p[i] = (uint8_t)(value >> 8 * i);
}

/* CRC-64/XZ, written apart from the reader's. */
static uint64_t checksum(const uint8_t *bytes, size_t size) {
  static uint64_t table[256];
  if (table[1] == 0) {
    for (uint64_t i = 0; i < 256; i++) {
      uint64_t value = i;
      for (int bit = 0; bit < 8; bit++) {
        value = value & 1 ? value >> 1 ^ UINT64_C(0xC96C5795D7870F42) : value >> 1;
      }
      table[i] = value;
    }
  }
  uint64_t crc = ~UINT64_C(0);
  for (size_t i = 0; i < size; i++) crc = crc >> 8 ^ table[(crc ^ bytes[i]) & 255];
  return ~crc;
}

/* A number that lenses and scales may trip over. */
static uint64_t strange(void) {
  const double values[] = {0.0, -0.0, 1e308, -1e308, 5e-324, INFINITY, -INFINITY, NAN, 1.0, -1.0};
  double value = values[below(sizeof values / sizeof *values)];
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return below(3) == 0 ? next() : bits;
}

/* A damaged copy in memory of exactly its size. */
static uint8_t *damaged(const uint8_t *whole, size_t size, size_t *length) {
  *length = size;
  if (below(8) == 0) *length = below(size + 1);
  if (below(16) == 0) *length = size + below(600);
  uint8_t *bytes = malloc(*length + (*length == 0));
  if (bytes == NULL) exit(2);
  memset(bytes, (int)below(256), *length);
  memcpy(bytes, whole, *length < size ? *length : size);
  const size_t faults = below(6);
  for (size_t i = 0; i < faults && *length > 0; i++) {
    const size_t place = below(*length);
    switch (below(4)) {
      case 0: bytes[place] ^= (uint8_t)(1u << below(8)); break;
      case 1: bytes[place] = (uint8_t)next(); break;
      case 2:
        if (*length >= 120) put(bytes + 112 + 8 * below((*length - 112) / 8), strange(), 8);
        break;
      default:
        if (*length >= 112) {
          const size_t fields[] = {8, 12, 104, 108, 112 + 72, 112 + 84};
          const size_t field = fields[below(6)];
          if (field + 4 <= *length) put(bytes + field, below(3) == 0 ? next() : below(70), 4);
        }
    }
  }
  if (*length >= 32 && below(8) != 0) {
    if (below(4) != 0) put(bytes + 16, *length, 8);
    put(bytes + 24, checksum(bytes + 32, *length - 32), 8);
  }
  return bytes;
}

static void fail(const char *what, uint64_t number) {
  fprintf(stderr, "fuzz: input %llu: %s\n", (unsigned long long)number, what);
  exit(1);
}

static void use_camera(const cartcal_camera *camera, uint64_t number) {
  double points[6], pixels[4];
  for (int i = 0; i < 6; i++) {
    points[i] = (double)(int64_t)(next() >> 20) / (double)(INT64_C(1) << 43) - 0.5;
  }
  if (below(4) == 0) {
    const uint64_t bits = strange();
    memcpy(points + below(6), &bits, sizeof bits);
  }
  const size_t seen = cartcal_project_many(camera, points, 2, pixels);
  size_t there = 0;
  for (int i = 0; i < 2; i++) {
    double pixel[2] = {-7, -7};
    if (cartcal_project(camera, points + 3 * i, pixel)) {
      there++;
    } else if (pixel[0] != -7 || pixel[1] != -7) {
      fail("a pixel that is not seen was written", number);
    }
  }
  if (there != seen) fail("one point and many are not the same", number);
  double pixel[2] = {(double)below(4000) - 500, (double)below(4000) - 500};
  double direction[3] = {-7, -7, -7};
  if (cartcal_unproject(camera, pixel, direction)) {
    const double length = direction[0] * direction[0] + direction[1] * direction[1] +
                          direction[2] * direction[2];
    if (!(fabs(length - 1) < 1e-9)) fail("a direction is not of unit length", number);
  } else if (direction[0] != -7) {
    fail("a direction that there is not was written", number);
  }
  cartcal_transform(&camera->cart_from_camera, points, points + 3);
  cartcal_transform_inverse(&camera->reference_from_camera, points + 3, points);
}

static void use(const uint8_t *bytes, size_t size, uint64_t number, uint64_t *opened) {
  cartcal_bundle bundle;
  if (cartcal_open(&bundle, bytes, size) != CARTCAL_OK) return;
  ++*opened;
  cartcal_camera camera;
  for (uint32_t index = 0; index <= bundle.camera_count; index++) {
    const cartcal_status status = cartcal_get_camera(&bundle, index, &camera);
    if (index == bundle.camera_count) {
      if (status != CARTCAL_NOT_FOUND) fail("a camera that there is not", number);
    } else if (status == CARTCAL_OK) {
      use_camera(&camera, number);
      cartcal_camera again;
      if (cartcal_find_camera(&bundle, camera.name, &again) == CARTCAL_NOT_FOUND) {
        fail("a camera is not found by its name", number);
      }
    }
  }
  cartcal_find_camera(&bundle, "nobody", &camera);
  cartcal_scale scale;
  if (cartcal_get_scale(&bundle, &scale) != CARTCAL_OK) return;
  double counts[CARTCAL_MAX_CELLS], tilt[2] = {0.01, -0.02};
  for (int i = 0; i < CARTCAL_MAX_CELLS; i++) counts[i] = (double)below(8000000);
  cartcal_reading reading;
  cartcal_weigh(&scale, counts, 20, tilt, 0, NULL, NULL, 0, &reading);
  cartcal_weigh(&scale, counts, 20, tilt, 9.8, counts, counts, 20, &reading);
}

static void limit_time(int seconds) {
  struct itimerval timer = {{0, 0}, {seconds, 0}};
  setitimer(ITIMER_PROF, &timer, NULL);
}

int main(int argc, char **argv) {
  const uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : 10000000;
  state = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
  static uint8_t whole[1 << 16];
  FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
  if (file == NULL) {
    fprintf(stderr, "fuzz BUNDLE [COUNT [SEED]]: name a bundle.bin\n");
    return 2;
  }
  const size_t size = fread(whole, 1, sizeof whole, file);
  fclose(file);
  uint64_t opened = 0;
  for (uint64_t number = 0; number < count; number++) {
    if ((number & 0xFFF) == 0) limit_time(10);
    size_t length;
    uint8_t *bytes = damaged(whole, size, &length);
    use(bytes, length, number, &opened);
    free(bytes);
  }
  printf("%llu inputs, of which %llu opened, no fault\n", (unsigned long long)count,
         (unsigned long long)opened);
  return opened == 0;
}
