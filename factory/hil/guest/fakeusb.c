// fakeusb: USB devices emulated in user space and plugged into the kernel's
// vhci_hcd (USB/IP), so that the real uvcvideo, usbhid, cdc_acm and ftdi_sio
// drivers bind to them.  One process per device; PORT is 30*controller+port.
//   fakeusb PORT yuyv|grey|mjpg VID:PID SERIAL PRODUCT W H FPS FRAMES...
//   fakeusb PORT hid|acm|ftdi   VID:PID SERIAL PRODUCT GRAMSFILE
// FRAMES: raw frames back to back, or one JPEG a file; they are repeated.
// GRAMSFILE: the weight as text, read anew for each report. acm speaks MT-SICS
// (S, SI, Z, I4), ftdi Toledo 8217 (W, Z); both answer when asked, with junk
// before every fifth answer.  What the host writes to a serial scale is
// appended to GRAMSFILE.rx.  An empty SERIAL means none.  SIGTERM unplugs; SIGUSR1 freezes (stays on the bus, answers control
// requests, sends no data), SIGUSR2 thaws; SIGHUP reads the frames again.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

typedef uint8_t u8;
struct hdr {                        // USB/IP, all big-endian
  uint32_t cmd, seq, devid, dir, ep;
  union {
    struct { uint32_t flags, len, start, npkt, interval; u8 setup[8]; } s;
    struct { uint32_t status, len, start, npkt, errs; u8 pad[8]; } r;
    uint32_t unlink_seq;
  };
};
_Static_assert(sizeof(struct hdr) == 48, "usbip header");

static int sock, kind, W, H, FPS, port;
enum { YUYV, GREY, MJPG, HID, ACM, FTDI };
static const char *kinds[] = {"yuyv", "grey", "mjpg", "hid", "acm", "ftdi"};
static char **names; static int nnames;
static const char *str[4];
static u8 devd[18] = {18, 1, 0, 2, 0, 0, 0, 64, 0, 0, 0, 0, 0, 1, 1, 2, 3, 1};
static u8 cfg[512]; static int ncfg;

static void d(const u8 *p, int n) { memcpy(cfg + ncfg, p, n); ncfg += n; }
#define D(...) do { u8 a_[] = {__VA_ARGS__}; d(a_, sizeof a_); } while (0)
#define L16(x) (u8)(x), (u8)((x) >> 8)
#define L32(x) (u8)(x), (u8)((x) >> 8), (u8)((x) >> 16), (u8)((x) >> 24)

static const u8 hidrep[] = {   // HID point of sale usage tables: page 0x8D, weighing devices
  0x05,0x8d,0x09,0x20,0xa1,0x01,0x85,0x03,0x09,0x32,0xa1,0x02,
  0x09,0x70,0xa1,0x02,0x09,0x71,0x09,0x72,0x09,0x73,0x09,0x74,0x09,0x75,0x09,0x76,0x09,0x77,0x09,0x78,
  0x15,0x01,0x25,0x08,0x75,0x08,0x95,0x01,0x81,0x00,0xc0,
  0x09,0x50,0xa1,0x02,0x09,0x51,0x09,0x52,0x09,0x53,0x09,0x5b,0x09,0x5c,0x15,0x01,0x25,0x0c,0x75,0x08,0x95,0x01,0x81,0x00,0xc0,
  0x09,0x41,0x15,0x80,0x25,0x7f,0x75,0x08,0x95,0x01,0x81,0x02,
  0x09,0x40,0x15,0x00,0x27,0xff,0xff,0x00,0x00,0x75,0x10,0x95,0x01,0x81,0x02,0xc0,0xc0};

static int framebytes(void) { return kind == YUYV ? W * H * 2 : W * H; }

static void build(void) {
  D(9, 2, 0, 0, 0, 1, 0, 0x80, 250);
  if (kind == HID) {
    D(9, 4, 0, 0, 1, 3, 0, 0, 0);
    D(9, 0x21, 0x10, 1, 0, 1, 0x22, L16(sizeof hidrep));
    D(7, 5, 0x81, 3, 8, 0, 5);
    cfg[4] = 1;
  } else if (kind == ACM) {
    D(8, 11, 0, 2, 2, 2, 1, 0);
    D(9, 4, 0, 0, 1, 2, 2, 1, 0);
    D(5, 0x24, 0, 0x10, 1); D(5, 0x24, 1, 0, 1); D(4, 0x24, 2, 2); D(5, 0x24, 6, 0, 1);
    D(7, 5, 0x82, 3, 16, 0, 8);
    D(9, 4, 1, 0, 2, 10, 0, 0, 0);
    D(7, 5, 0x81, 2, 0, 2, 0); D(7, 5, 0x01, 2, 0, 2, 0);
    cfg[4] = 2; devd[4] = 0xef; devd[5] = 2; devd[6] = 1;
  } else if (kind == FTDI) {
    D(9, 4, 0, 0, 2, 255, 255, 255, 0);
    D(7, 5, 0x81, 2, 64, 0, 0); D(7, 5, 0x02, 2, 64, 0, 0);
    cfg[4] = 1; devd[13] = 6; devd[12] = 0;       // bcdDevice 0x0600: FT232R
  } else {
    uint32_t iv = 10000000 / FPS, sz = framebytes(), br = sz * 8u * FPS;
    D(8, 11, 0, 2, 14, 3, 0, 2);
    D(9, 4, 0, 0, 0, 14, 1, 0, 2);                                   // VideoControl
    D(13, 0x24, 1, 0x00, 0x01, L16(13 + 18 + 11 + 9), L32(48000000), 1, 1);
    D(18, 0x24, 2, 1, L16(0x0201), 0, 0, L16(0), L16(0), L16(0), 3, 0x0a, 0, 0);   // AE mode + exposure
    D(11, 0x24, 5, 2, 1, L16(0), 2, L16(0x0203), 0);                 // brightness, contrast, gain
    D(9, 0x24, 3, 3, L16(0x0101), 0, 2, 0);
    D(9, 4, 1, 0, 1, 14, 2, 0, 0);                                   // VideoStreaming, bulk
    D(14, 0x24, 1, 1, L16(14 + (kind != MJPG ? 27 : 11) + 30 + 6), 0x81, 0, 3, 0, 0, 0, 1, 0);
    if (kind != MJPG) {
      D(27, 0x24, 4, 1, 1, 'Y', kind == YUYV ? 'U' : '8', kind == YUYV ? 'Y' : '0', kind == YUYV ? '2' : '0',
        0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71, kind == YUYV ? 16 : 8, 1, 0, 0, 0, 0);
      D(30, 0x24, 5, 1, 0, L16(W), L16(H), L32(br), L32(br), L32(sz), L32(iv), 1, L32(iv));
    } else {
      D(11, 0x24, 6, 1, 1, 1, 1, 0, 0, 0, 0);
      D(30, 0x24, 7, 1, 0, L16(W), L16(H), L32(br), L32(br), L32(sz), L32(iv), 1, L32(iv));
    }
    D(6, 0x24, 13, 1, 1, 4);
    D(7, 5, 0x81, 2, 0, 2, 0);
    cfg[4] = 2; devd[4] = 0xef; devd[5] = 2; devd[6] = 1;
  }
  cfg[2] = ncfg; cfg[3] = ncfg >> 8;
}

static void full(struct iovec *v, int n) {
  while (n) {
    ssize_t k = writev(sock, v, n);
    if (k < 0) { if (errno == EINTR) continue; exit(0); }
    while (n && (size_t)k >= v->iov_len) k -= v->iov_len, v++, n--;
    if (n) v->iov_base = (char *)v->iov_base + k, v->iov_len -= k;
  }
}
static void reply(uint32_t seq, int status, const void *p, int n, int len) {
  struct hdr h = {.cmd = htonl(3), .seq = seq};
  h.r.status = htonl(status); h.r.len = htonl(len); h.r.npkt = htonl(0);
  struct iovec v[2] = {{&h, sizeof h}, {(void *)p, n}};
  full(v, n ? 2 : 1);
}
static void get(void *p, size_t n) {
  for (size_t k = 0; k < n;) {
    ssize_t r = read(sock, (char *)p + k, n - k);
    if (r < 0 && errno == EINTR) continue;
    if (r <= 0) exit(0);
    k += r;
  }
}
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec * 1e-9; }

// Controls: current values by (unit, selector); GET_MIN/MAX/RES/DEF/INFO are computed.
struct ctl { u8 unit, sel, len; int32_t cur, min, max, def; };
static struct ctl ctls[] = {
  {1, 2, 1, 8, 0, 15, 8}, {1, 4, 4, 100, 1, 5000, 100},
  {2, 2, 2, 128, 0, 255, 128}, {2, 3, 2, 32, 0, 255, 32}, {2, 4, 2, 0, 0, 255, 0}};
static u8 line[7] = {0x80, 0x25, 0, 0, 0, 0, 8};
static volatile sig_atomic_t frozen, reload;
static void on_signal(int s) { if (s == SIGHUP) reload = 1; else frozen = s == SIGUSR1; }
static int streaming; static double t0; static long frame_no;

// What a serial scale has to say and has not been asked for by the host controller yet.
static char said[4096]; static int nsaid;
static int readint(const char *f);
static void say(const char *text, int n) { if (nsaid + n <= (int)sizeof said) memcpy(said + nsaid, text, n), nsaid += n; }

// Answers each whole command in what the host sent: a line for MT-SICS, a character for Toledo 8217.
static void hear(const char *gramsfile, const u8 *b, int n) {
  static char line[64]; static int len; static int answers;
  for (int i = 0; i < n; i++) {
    char out[64]; int k = 0, g = readint(gramsfile);
    if (kind == FTDI) {
      if (b[i] == 'W' && g >= 0) k = sprintf(out, "\x02%06.3f\r", g / 1000.0);
      else if (b[i] == 'W') k = sprintf(out, "\x02?D\r");               // under zero
      else if (b[i] == 'Z') k = sprintf(out, "\x02?P\r");               // at zero
    } else if (b[i] != '\n') {
      if (len < (int)sizeof line - 1) line[len++] = b[i];
    } else {
      line[len] = 0; if (len && line[len - 1] == '\r') line[len - 1] = 0;
      len = 0;
      if (!strcmp(line, "S") || !strcmp(line, "SI")) k = sprintf(out, "S S %10.3f kg\r\n", g / 1000.0);
      else if (!strcmp(line, "Z")) k = sprintf(out, "Z A\r\n");
      else if (!strcmp(line, "I4")) k = sprintf(out, "I4 A \"0123456789\"\r\n");
      else k = sprintf(out, "ES\r\n");
    }
    if (k && ++answers % 5 == 0) say("\x15junk\r", 6);
    if (k) say(out, k);
  }
}

static int control(const u8 *s, u8 *b, int in, int n) {   // returns bytes, or -1 to stall
  int val = s[2] | s[3] << 8, idx = s[4] | s[5] << 8, cap = s[6] | s[7] << 8;
  if (s[0] == 0x80 && s[1] == 6) {
    const u8 *p = 0; int k = 0; u8 t[128];
    switch (val >> 8) {
    case 1: p = devd; k = 18; break;
    case 2: p = cfg; k = ncfg; break;
    case 3:
      p = t; t[1] = 3;
      if (!(val & 255)) { k = 4; t[2] = 9; t[3] = 4; }
      else if ((val & 255) < 4) { const char *q = str[val & 255]; for (k = 2; *q && k < 126; q++) t[k++] = *q, t[k++] = 0; }
      else return -1;
      t[0] = k; break;
    default: return -1;
    }
    if (k > cap) k = cap;
    memcpy(b, p, k); return k;
  }
  if (s[0] == 0x81 && s[1] == 6 && val >> 8 == 0x22 && kind == HID) {
    int k = sizeof hidrep > (size_t)cap ? cap : (int)sizeof hidrep; memcpy(b, hidrep, k); return k;
  }
  if (s[0] == 0x80 && s[1] == 0) { b[0] = b[1] = 0; return 2; }
  if (s[0] == 0x80 && s[1] == 8) { b[0] = 1; return 1; }
  if ((s[0] & 0x60) == 0) {                       // SET_CONFIGURATION, SET_INTERFACE, CLEAR_FEATURE
    if (s[1] == 1 && s[0] == 2) streaming = 0;    // uvcvideo stops a bulk stream by clearing its halt
    return in ? -1 : 0;
  }
  if (kind == HID) return in ? -1 : 0;
  if (kind == FTDI) { if (in) memset(b, 0, cap), b[0] = 1, b[1] = 0x60; return in ? cap : n; }
  if (kind == ACM) {
    if (s[1] == 0x20) { memcpy(line, b, n < 7 ? n : 7); return n; }
    if (s[1] == 0x21) { memcpy(b, line, 7); return 7; }
    return in ? -1 : 0;
  }
  int sel = val >> 8, unit = idx >> 8, ifc = idx & 255;
  if (ifc == 1 && (sel == 1 || sel == 2)) {       // probe, commit
    if (!in) { if (sel == 2) streaming = 1, t0 = now(), frame_no = 0; return n; }
    if (s[1] == 0x86) { b[0] = 3; return 1; }
    if (s[1] == 0x85) { b[0] = 26; b[1] = 0; return 2; }
    u8 p[26] = {1, 0, 1, 1, L32(10000000 / FPS)};
    u8 q[] = {L32(framebytes()), L32(65536)};
    memcpy(p + 18, q, 8); int k = cap < 26 ? cap : 26; memcpy(b, p, k); return k;
  }
  if (ifc == 0)
    for (unsigned i = 0; i < sizeof ctls / sizeof *ctls; i++) {
      struct ctl *c = ctls + i;
      if (c->unit != unit || c->sel != sel) continue;
      if (!in) { c->cur = 0; memcpy(&c->cur, b, c->len < n ? c->len : n); return n; }
      int32_t v = 1;
      switch (s[1]) {
      case 0x81: v = c->cur; break; case 0x82: v = c->min; break; case 0x83: v = c->max; break;
      case 0x84: v = c->sel == 2 && c->unit == 1 ? 0x0f : 1; break; case 0x87: v = c->def; break;
      case 0x85: b[0] = c->len; b[1] = 0; return 2; case 0x86: b[0] = 3; return 1;
      }
      memcpy(b, &v, c->len); return c->len;
    }
  return -1;
}

// Bulk payloads: 12 byte header with frame id, end-of-frame, PTS; at most 65536 bytes each.
static u8 *frames[256]; static int flen[256], nframes;
static struct { uint32_t seq; int len, ep; } q[256]; static int nq;
static int pos, paypos;
static void load(void) {
  while (nframes) free(frames[--nframes]);
  for (int i = 0; i < nnames && nframes < 256; i++) {
    FILE *f = fopen(names[i], "rb"); if (!f) { perror(names[i]); exit(1); }
    for (;;) {
      int cap = kind == MJPG ? 8 << 20 : framebytes(); u8 *p = malloc(cap); int k = fread(p, 1, cap, f);
      if (k <= 0 || (kind != MJPG && k < cap) || nframes == 256) { free(p); break; }
      frames[nframes] = p; flen[nframes++] = k;
    }
    fclose(f);
  }
  if (!nframes) { fprintf(stderr, "no frames\n"); exit(1); }
}
static int readint(const char *f) { FILE *h = fopen(f, "r"); int v = 0; if (h) { if (fscanf(h, "%d", &v) != 1) v = 0; fclose(h); } return v; }

static double next_due(void) { return t0 + (double)frame_no / FPS; }
static void drop(int i) { memmove(q + i, q + i + 1, (nq - i - 1) * sizeof *q); nq--; }
static int wait_ms(void) {
  int n81 = 0; for (int i = 0; i < nq; i++) n81 += q[i].ep == 1;
  if (!n81 || frozen || ((kind == ACM || kind == FTDI) && !nsaid)) return -1;
  if (kind <= MJPG && !streaming) return -1;
  double t = next_due() - now(); return t <= 0 ? 0 : (int)(t * 1000) + 1;
}
static void pump(void) {
  static u8 buf[1 << 17];
  if (frozen) return;
  for (int i = 0; i < nq;) {
    if (q[i].ep != 1) { i++; continue; }
    if (now() < next_due()) return;
    if (kind > MJPG) {
      int g = readint(names[0]), k;
      if (kind == HID) {
        int m = g < 0 ? -g : g; u8 r[6] = {3, g < 0 ? 5 : g ? 4 : 2, 2, 0, L16(m)}; memcpy(buf, r, k = 6);
      } else {
        if (!nsaid) return;
        int head = kind == FTDI ? 2 : 0, room = (q[i].len < 64 ? q[i].len : 64) - head;
        if (head) memcpy(buf, "\1\x60", 2);
        int m = nsaid < room ? nsaid : room;
        memcpy(buf + head, said, m); memmove(said, said + m, nsaid -= m); k = head + m;
      }
      reply(q[i].seq, 0, buf, k, k); drop(i); frame_no++;
      if (now() > next_due() + 1) t0 = now() - (double)frame_no / FPS;
      continue;
    }
    if (!streaming) return;
    // one URB's worth of the current frame; a payload ends on 65536 bytes or a short URB
    u8 *f = frames[frame_no % nframes]; int fl = flen[frame_no % nframes], room = q[i].len, k = 0;
    if (room > (int)sizeof buf) room = sizeof buf;
    if (room > 65536 - paypos) room = 65536 - paypos;
    if (!paypos) {
      uint32_t pts = (uint32_t)(next_due() * 48e6); int left = fl - pos;
      u8 h[12] = {12, 0x80 | (frame_no & 1) | (left <= 65536 - 12 ? 2 : 0) | 4, L32(pts)};
      memcpy(buf, h, k = 12);
    }
    int m = fl - pos < room - k ? fl - pos : room - k;
    memcpy(buf + k, f + pos, m); k += m; pos += m; paypos += k;
    int last = pos == fl;
    if (paypos >= 65536 || k < q[i].len) paypos = 0;
    reply(q[i].seq, 0, buf, k, k); drop(i);
    if (last && !paypos) {
      pos = 0; frame_no++;
      if (now() > next_due() + 1.0) t0 = now() - (double)frame_no / FPS;   // fell behind: do not burst
    }
  }
}

int main(int c, char **v) {
  if (c < 7) { fprintf(stderr, "fakeusb: see the source for its arguments\n"); return 64; }
  port = atoi(v[1]);
  for (kind = 0; kind <= FTDI && strcmp(v[2], kinds[kind]); kind++) ;
  if (kind > FTDI || (kind <= MJPG && c < 10)) { fprintf(stderr, "fakeusb: see the source for its arguments\n"); return 64; }
  unsigned vid, pid; sscanf(v[3], "%x:%x", &vid, &pid);
  devd[8] = vid; devd[9] = vid >> 8; devd[10] = pid; devd[11] = pid >> 8;
  str[1] = "cartcal-hil"; str[2] = v[5]; str[3] = v[4];
  if (!*v[4]) devd[16] = 0;
  if (kind <= MJPG) { W = atoi(v[6]); H = atoi(v[7]); FPS = atoi(v[8]); names = v + 9; nnames = c - 9; load(); }
  else { names = v + 6; nnames = 1; FPS = 10; t0 = now(); }
  build();
  signal(SIGPIPE, SIG_IGN);
  struct sigaction sa = {.sa_handler = on_signal}; sigaction(SIGUSR1, &sa, 0); sigaction(SIGUSR2, &sa, 0); sigaction(SIGHUP, &sa, 0);
  int sv[2]; if (socketpair(AF_UNIX, SOCK_STREAM, 0, sv)) return perror("socketpair"), 1;
  int big = 1 << 20; setsockopt(sv[0], SOL_SOCKET, SO_SNDBUF, &big, sizeof big);
  char line_[64]; int k = sprintf(line_, "%d %d %d %d", port, sv[1], 0x10000 | (port + 1), 3);
  int a = open("/sys/devices/platform/vhci_hcd.0/attach", O_WRONLY);
  if (a < 0 || write(a, line_, k) != k) return perror("vhci attach"), 1;
  close(a); close(sv[1]); sock = sv[0];
  for (;;) {
    if (reload && kind <= MJPG && !pos) reload = 0, load();
    pump();
    struct pollfd p = {sock, POLLIN, 0};
    int r = poll(&p, 1, wait_ms());
    if (r <= 0) continue;
    struct hdr h; get(&h, sizeof h);
    uint32_t cmd = ntohl(h.cmd), ep = ntohl(h.ep), in = ntohl(h.dir);
    if (cmd == 2) {
      int st = 0; for (int i = 0; i < nq; i++) if (q[i].seq == h.unlink_seq) { drop(i); st = -ECONNRESET; break; }
      struct hdr o = {.cmd = htonl(4), .seq = h.seq}; o.r.status = htonl(st);
      struct iovec w = {&o, sizeof o}; full(&w, 1);
      continue;
    }
    int n = ntohl(h.s.len); static u8 b[1 << 16]; 
    if (!in && n) { if (n > (int)sizeof b) exit(2); get(b, n); }
    if (ep == 0) {
      int k = control(h.s.setup, b, in, n);
      if (k < 0) reply(h.seq, -EPIPE, 0, 0, 0); else reply(h.seq, 0, b, in ? k : 0, k);
    } else if (in) { if (nq == 256) exit(3); q[nq].seq = h.seq; q[nq].len = n; q[nq++].ep = ep; }
    else {
      char rx[512]; snprintf(rx, sizeof rx, "%s.rx", names[0]);
      FILE *f = fopen(rx, "a"); if (f) fwrite(b, 1, n, f), fclose(f);
      if (kind > HID) hear(names[0], b, n);
      reply(h.seq, 0, 0, 0, n);
    }
  }
}
