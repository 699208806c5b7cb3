/* check BUNDLE SAMPLES: holds what bundle.bin says against another reader's numbers.
 * check BUNDLE: damages the bundle in many ways; each must be refused.
 *
 * SAMPLES has lines: sight NAME point pixel direction; unseen NAME point; place NAME in-camera
 * in-cart; weighing counts temperature tilt gravity mass x y covariance. Exit status 1 and a message
 * where something differs. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../cartcal_reader.h"

static void fail(const char *what, const char *name) {
  fprintf(stderr, "check: %s %s\n", what, name);
  exit(1);
}

static void check(const char *what, const char *name, double found, double expected,
                  double tolerance) {
  if (fabs(found - expected) <= tolerance) return;
  fprintf(stderr, "check: %s %s: %.17g, not %.17g\n", what, name, found, expected);
  exit(1);
}

static uint8_t *read_all(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail("cannot open", path);
  const size_t room = (size_t)1 << 24;
  uint8_t *bytes = malloc(room);
  if (bytes == NULL) fail("no memory for", path);
  *size = fread(bytes, 1, room, file);
  fclose(file);
  return bytes;
}

static int numbers(char *text, double *values, int most) {
  int count = 0;
  for (char *word = strtok(text, " \n"); word != NULL && count < most; word = strtok(NULL, " \n")) {
    values[count++] = strtod(word, NULL);
  }
  return count;
}

static void check_camera(const cartcal_bundle *bundle, const char *kind, const char *name,
                         const double *v) {
  cartcal_camera camera;
  if (cartcal_find_camera(bundle, name, &camera) != CARTCAL_OK) fail("no camera", name);
  double found[3];
  if (strcmp(kind, "sight") == 0) {
    if (!cartcal_project(&camera, v, found)) fail("does not see", name);
    for (int i = 0; i < 2; i++) check("pixel", name, found[i], v[3 + i], 1e-9);
    if (!cartcal_unproject(&camera, v + 3, found)) fail("no direction", name);
    for (int i = 0; i < 3; i++) check("direction", name, found[i], v[5 + i], 1e-11);
  } else if (strcmp(kind, "unseen") == 0) {
    if (cartcal_project(&camera, v, found)) fail("sees what it does not see", name);
  } else {
    cartcal_transform(&camera.cart_from_camera, v, found);
    for (int i = 0; i < 3; i++) check("place", name, found[i], v[3 + i], 1e-12);
    cartcal_transform_inverse(&camera.cart_from_camera, v + 3, found);
    for (int i = 0; i < 3; i++) check("back", name, found[i], v[i], 1e-12);
  }
}

static void compare(const cartcal_bundle *bundle, const char *path) {
  FILE *file = fopen(path, "r");
  if (file == NULL) fail("cannot open", path);
  cartcal_scale scale;
  if (cartcal_get_scale(bundle, &scale) != CARTCAL_OK) fail("no scale", path);
  static char line[4096];
  long points = 0, weighings = 0;
  while (fgets(line, sizeof line, file) != NULL) {
    char kind[16], name[CARTCAL_NAME_SIZE];
    int read = 0;
    double v[32];
    if (sscanf(line, "%15s", kind) != 1) continue;
    if (strcmp(kind, "weighing") == 0) {
      if (numbers(line + 9, v, 32) != 20) fail("a line is short:", line);
      cartcal_reading reading;
      if (cartcal_weigh(&scale, v, v[4], v + 5, v[7], NULL, NULL, 0, &reading) != CARTCAL_OK) {
        fail("cannot weigh", line);
      }
      check("mass", "", reading.mass_kg, v[8], 1e-9);
      check("x", "", reading.x_m, v[9], 1e-9);
      check("y", "", reading.y_m, v[10], 1e-9);
      for (int i = 0; i < 9; i++) {
        check("covariance", "", reading.covariance[i], v[11 + i], 1e-9 * fmax(fabs(v[11 + i]), 1e-6));
      }
      weighings++;
    } else {
      if (sscanf(line, "%15s %71s %n", kind, name, &read) != 2) fail("a line is no sample:", line);
      if (numbers(line + read, v, 32) < 3) fail("a line is short:", line);
      check_camera(bundle, kind, name, v);
      points++;
    }
  }
  fclose(file);
  printf("%u cameras, %ld points, %ld weighings agree\n", bundle->camera_count, points, weighings);
}

static void damage(const uint8_t *bytes, size_t size) {
  cartcal_bundle bundle;
  /* Lengths: each in a block of its own, so that reading beyond it is noticed. */
  for (size_t length = 0; length < size; length = length < 256 ? length + 1 : length + 97) {
    uint8_t *part = malloc(length > 0 ? length : 1);
    if (part == NULL) fail("no memory", "");
    memcpy(part, bytes, length);
    if (cartcal_open(&bundle, part, length) == CARTCAL_OK) fail("took", "a part");
    free(part);
  }
  uint8_t *copy = malloc(size);
  if (copy == NULL) fail("no memory", "");
  memcpy(copy, bytes, size);
  uint64_t state = 1;
  for (size_t i = 0; i < 112 * 8 + 2000; i++) {
    size_t bit = i;
    if (i >= 112 * 8) {
      state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
      bit = (size_t)(state >> 20) % (size * 8);
    }
    copy[bit / 8] ^= (uint8_t)(1u << (bit % 8));
    if (cartcal_open(&bundle, copy, size) == CARTCAL_OK) fail("took", "a changed bit");
    copy[bit / 8] ^= (uint8_t)(1u << (bit % 8));
  }
  free(copy);
  printf("all refused\n");
}

int main(int count, char **words) {
  if (count < 2) fail("usage:", "check BUNDLE [SAMPLES]");
  size_t size = 0;
  uint8_t *bytes = read_all(words[1], &size);
  cartcal_bundle bundle;
  const cartcal_status status = cartcal_open(&bundle, bytes, size);
  if (status != CARTCAL_OK) fail(cartcal_status_text(status), words[1]);
  if (count > 2) compare(&bundle, words[2]); else damage(bytes, size);
  free(bytes);
  return 0;
}
