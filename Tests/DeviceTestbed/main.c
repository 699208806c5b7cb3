// DeviceTestbed PROGRAM [ARGUMENT...]: runs a program in a made-up machine (libumockdev), whose
// devices come from the commands on standard input:
//
//   load FILE             plug in the devices described in FILE (umockdev's format)
//   start                 start the program; what it prints is printed here
//   await TEXT            wait until it has printed TEXT since the last await
//   plug FILE SYSPATH     load FILE, then tell the program that SYSPATH was added
//   unplug SYSPATH        take away a device with those below it, and tell
//   stop                  interrupt the program
//
// At the end of the commands it waits for the program and exits with its status, or 97 for a command
// that failed, 98 for a text that never came.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// What is used of libumockdev (umockdev.h, stable since 0.1), declared here so that building needs
// no headers of GLib.
void *umockdev_testbed_new(void);
int umockdev_testbed_add_from_file(void *testbed, const char *path, void **error);
void umockdev_testbed_uevent(void *testbed, const char *syspath, const char *action);
void umockdev_testbed_remove_device(void *testbed, const char *syspath);

static void *testbed;
static pid_t program;
static int output = -1;
static char printed[1 << 20];
static size_t length, seen;

static void load(const char *file) {
  if (!umockdev_testbed_add_from_file(testbed, file, NULL)) {
    fprintf(stderr, "DeviceTestbed: %s cannot be loaded\n", file);
    exit(97);
  }
}

static void start(char **arguments) {
  int ends[2];
  if (pipe(ends)) exit(97);
  program = fork();
  if (program == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // Test runners block signals in the processes they start.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execv(arguments[0], arguments);
    _exit(97);
  }
  close(ends[1]);
  output = ends[0];
}

// Takes over what the program prints within so many milliseconds; 0 at its end.
static int listen(int milliseconds) {
  struct pollfd waiting = {output, POLLIN, 0};
  if (poll(&waiting, 1, milliseconds) <= 0) return 1;
  ssize_t count = read(output, printed + length, sizeof printed - 1 - length);
  if (count <= 0) return 0;
  fwrite(printed + length, 1, count, stdout);
  fflush(stdout);
  length += count;
  return 1;
}

static void await(const char *text) {
  for (time_t end = time(NULL) + 30;;) {
    char *found = memmem(printed + seen, length - seen, text, strlen(text));
    if (found) {
      seen = found - printed + strlen(text);
      return;
    }
    if (time(NULL) > end || !listen(100)) {
      fprintf(stderr, "DeviceTestbed: \"%s\" was not printed\n", text);
      if (program > 0) kill(program, SIGKILL);
      exit(98);
    }
  }
}

int main(int count, char **arguments) {
  if (count < 2) return 64;
  // The library looks into its own made-up machine, so it has to be seen by this program too.
  if (!getenv("LD_PRELOAD")) {
    setenv("LD_PRELOAD", "libumockdev-preload.so.0", 1);
    execv("/proc/self/exe", arguments);
    return 97;
  }
  testbed = umockdev_testbed_new();
  char line[4096];
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    char *rest = strchr(line, ' ');
    if (rest) *rest++ = 0;
    if (!strcmp(line, "start")) {
      start(arguments + 1);
    } else if (!strcmp(line, "stop")) {
      kill(program, SIGINT);
    } else if (rest && !strcmp(line, "load")) {
      load(rest);
    } else if (rest && !strcmp(line, "await")) {
      await(rest);
    } else if (rest && !strcmp(line, "unplug")) {
      umockdev_testbed_uevent(testbed, rest, "remove");
      umockdev_testbed_remove_device(testbed, rest);
    } else if (rest && !strcmp(line, "plug") && strchr(rest, ' ')) {
      char *syspath = strchr(rest, ' ');
      *syspath++ = 0;
      load(rest);
      umockdev_testbed_uevent(testbed, syspath, "add");
    } else {
      fprintf(stderr, "DeviceTestbed: unknown command %s\n", line);
      return 97;
    }
  }
  int status = 0;
  if (program > 0) {
    while (listen(-1)) {}
    waitpid(program, &status, 0);
  }
  // The testbed removes its folder when the last reference goes.
  void (*unref)(void *) = (void (*)(void *))dlsym(RTLD_DEFAULT, "g_object_unref");
  if (unref) unref(testbed);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
