/* server.c: the processes that answer requests */
/* SPDX-License-Identifier: MIT */
/*
 * A parent and some children, each with one database connection and one
 * request at a time; a child that dies or has answered conf.web_requests
 * requests is replaced. The children share the listening socket, which does
 * not block, so a child waits in ppoll(), the only place where SIGTERM comes
 * through: a signal ends a child between requests, never within one.
 */
#include "web/server.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "base/clock.h"
#include "base/log.h"
#include "web/handle.h"

#define BACKLOG 511
#define QUICK_DEATH 1000 /* ms; a child that lived shorter was not well */
#define PAUSE 500	 /* ms, before such a child is replaced */

static volatile sig_atomic_t stop;

static void on_stop(int number)
{
	(void)number;
	stop = 1;
}

/* --- one request by FastCGI --- */

static const char *fcgi_param(void *context, const char *name)
{
	FCGX_Request *request = context;

	return FCGX_GetParam(name, request->envp);
}

static size_t fcgi_read(void *context, char *p, size_t n)
{
	FCGX_Request *request = context;
	int got = FCGX_GetStr(p, (int)n, request->in);

	return got > 0 ? (size_t)got : 0;
}

static bool fcgi_write(struct sender *s, const void *p, size_t n)
{
	FCGX_Request *request = s->stream;
	const char *bytes = p;

	while (n) {
		int piece = n < 65536 ? (int)n : 65536;

		if (FCGX_PutStr(bytes, piece, request->out) != piece)
			return false;
		bytes += piece;
		n -= (size_t)piece;
	}
	return true;
}

static bool fcgi_flush(struct sender *s)
{
	FCGX_Request *request = s->stream;

	return FCGX_FFlush(request->out) == 0;
}

/* An end of the connection alone would count as the end of the answer. A
 * record that FastCGI has not makes the server in front close the visitor's
 * connection before the answer ends. */
static void cut(FCGX_Request *request)
{
	static const char no_record[8];

	FCGX_FFlush(request->out);
	if (write(request->ipcFd, no_record, sizeof(no_record)) < 0)
		log_info(
		    "a broken download could not be cut: %s", strerror(errno));
	shutdown(request->ipcFd, SHUT_RDWR);
}

static void answer(struct web *w, FCGX_Request *request)
{
	struct request_source source = {fcgi_param, fcgi_read, request};
	struct sender sender = {fcgi_write, fcgi_flush, request, false};

	handle_request(w, &source, &sender);
	if (sender.broken)
		cut(request);
	FCGX_Finish_r(request);
}

/* --- a child --- */

/* Waits for a connection; false when it is time to end. */
static bool wait_for(int fd, const sigset_t *open_mask)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	while (!stop) {
		if (ppoll(&p, 1, NULL, open_mask) > 0)
			return true;
		if (errno != EINTR)
			return false;
	}
	return false;
}

static void child_serve(struct web *w, int fd, const sigset_t *open_mask)
{
	FCGX_Request request;

	if (FCGX_Init() != 0 ||
	    FCGX_InitRequest(&request, fd, FCGI_FAIL_ACCEPT_ON_INTR) != 0)
		log_fatal("FastCGI does not start");
	for (unsigned n = 0; n < w->conf->web_requests;) {
		int rc;

		if (!wait_for(fd, open_mask))
			break;
		rc = FCGX_Accept_r(&request);
		if (rc == -EAGAIN || rc == -EINTR || rc == -ECONNABORTED)
			continue; /* another child had it */
		if (rc < 0)
			break;
		answer(w, &request);
		n++;
	}
	FCGX_Free(&request, 0);
}

static void child_run(const struct conf *c, struct views *views, int fd,
    pid_t parent, const sigset_t *open_mask)
{
	struct web w = {.conf = c, .db = db_new(c, false), .views = views};

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(0);
	arena_init(&w.arena);
	child_serve(&w, fd, open_mask);
	arena_release(&w.arena);
	db_free(w.db);
	views_free(views);
	exit(0);
}

/* --- the parent --- */

struct child {
	pid_t pid; /* 0: none */
	int64_t started;
};

struct parent {
	const struct conf *conf;
	struct views *views;
	struct child *children;
	unsigned count;
	int fd;
	pid_t pid;
	sigset_t open_mask; /* with SIGTERM let through */
};

static void start_child(struct parent *p, struct child *c)
{
	pid_t pid = fork();

	if (pid == 0)
		child_run(p->conf, p->views, p->fd, p->pid, &p->open_mask);
	if (pid < 0)
		log_error("fork: %s", strerror(errno));
	c->pid = pid > 0 ? pid : 0;
	c->started = clock_monotonic();
}

static void reap(struct parent *p)
{
	int how;
	pid_t pid;

	while ((pid = waitpid(-1, &how, WNOHANG)) > 0) {
		for (unsigned i = 0; i < p->count; i++) {
			if (p->children[i].pid == pid)
				p->children[i].pid = 0;
		}
		if (WIFSIGNALED(how))
			log_error("child %d died of signal %d", (int)pid,
			    WTERMSIG(how));
		else if (WEXITSTATUS(how) != 0)
			log_error("child %d ended with %d", (int)pid,
			    WEXITSTATUS(how));
	}
}

/* Starts the children that are missing; false when one died so soon that the
 * next should wait. */
static bool fill_up(struct parent *p)
{
	bool all = true;

	for (unsigned i = 0; i < p->count; i++) {
		struct child *c = &p->children[i];
		int64_t age = clock_monotonic() - c->started;

		if (c->pid)
			continue;
		if (c->started && age < QUICK_DEATH) {
			all = false;
			continue;
		}
		start_child(p, c);
		all = all && c->pid;
	}
	return all;
}

static void supervise(struct parent *p)
{
	struct timespec pause = {0, PAUSE * 1000000L};
	sigset_t wanted;

	sigemptyset(&wanted);
	sigaddset(&wanted, SIGTERM);
	sigaddset(&wanted, SIGINT);
	sigaddset(&wanted, SIGCHLD);
	while (!stop) {
		int number = fill_up(p) ? sigwaitinfo(&wanted, NULL)
					: sigtimedwait(&wanted, NULL, &pause);

		if (number == SIGTERM || number == SIGINT)
			stop = 1;
		reap(p);
	}
}

static void end_children(struct parent *p)
{
	for (unsigned i = 0; i < p->count; i++)
		if (p->children[i].pid)
			kill(p->children[i].pid, SIGTERM);
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
		;
}

/* --- starting --- */

/* True when a process answers at the address. */
static bool is_taken(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool taken = fd >= 0 && connect(fd, (const struct sockaddr *)address,
				    sizeof(*address)) == 0;

	if (fd >= 0)
		close(fd);
	return taken;
}

static int listen_at(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd;

	if (strlen(path) >= sizeof(address.sun_path))
		log_fatal("the path %s is too long for a socket", path);
	memcpy(address.sun_path, path, strlen(path) + 1);
	if (is_taken(&address))
		log_fatal("another process listens on %s", path);
	unlink(path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	umask(0117);
	if (fd < 0 ||
	    bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
	    listen(fd, BACKLOG) != 0)
		log_fatal("cannot listen on %s: %s", path, strerror(errno));
	umask(0077);
	return fd;
}

static void prepare_signals(sigset_t *open_mask)
{
	struct sigaction action = {.sa_handler = on_stop};
	sigset_t blocked;

	sigemptyset(&action.sa_mask);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigaddset(&blocked, SIGINT);
	sigaddset(&blocked, SIGCHLD);
	sigprocmask(SIG_BLOCK, &blocked, open_mask);
	sigdelset(open_mask, SIGTERM);
	sigdelset(open_mask, SIGINT);
}

int server_run(const struct conf *c, struct views *views)
{
	struct parent p = {.conf = c, .views = views, .pid = getpid()};
	char *path = conf_var_path(c, "run/web.sock");

	prepare_signals(&p.open_mask);
	p.count = c->web_children ? c->web_children : 1;
	p.children = xcalloc(p.count, sizeof(*p.children));
	p.fd = listen_at(path);
	log_info("listening on %s with %u children", path, p.count);
	supervise(&p);
	unlink(path);
	close(p.fd);
	end_children(&p);
	log_info("stopped");
	free(p.children);
	free(path);
	return 0;
}
