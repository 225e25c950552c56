/* net.c: the address that nginx listens on */
/* SPDX-License-Identifier: MIT */
#include "cli/net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/str.h"

static struct sockaddr_in address_of(const struct options *o)
{
	struct sockaddr_in address = {.sin_family = AF_INET};

	address.sin_port = htons((in_port_t)o->port);
	inet_pton(AF_INET, o->listen, &address.sin_addr);
	return address;
}

const char *net_port_problem(const struct options *o)
{
	static char problem[200];
	struct sockaddr_in address = address_of(o);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int on = 1;
	int fault = 0;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(fd, 1) < 0)
		fault = errno;
	close(fd);
	if (fault == 0)
		return NULL;
	if (fault == EADDRINUSE)
		snprintf(problem, sizeof(problem),
		    "port %u of %s is in use by another program: choose "
		    "another one with PORT=",
		    o->port, o->listen);
	else
		snprintf(problem, sizeof(problem),
		    "cannot listen on port %u of %s: %s", o->port, o->listen,
		    strerror(fault));
	return problem;
}

bool net_healthy(const struct options *o)
{
	static const char ask[] = "GET /healthz HTTP/1.0\r\n\r\n";
	struct sockaddr_in address = address_of(o);
	struct timeval second = {1, 0};
	char answer[16] = "";
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return false;
	if (address.sin_addr.s_addr == htonl(INADDR_ANY))
		address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &second, sizeof(second));
	bool well =
	    connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 &&
	    send(fd, ask, sizeof(ask) - 1, MSG_NOSIGNAL) > 0 &&
	    recv(fd, answer, 12, MSG_WAITALL) == 12 &&
	    str_equal(answer + 8, " 200");

	close(fd);
	return well;
}
