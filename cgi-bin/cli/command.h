/* command.h: the commands of the command line */
/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

/* Each gets the words after its name and gives the exit status. */
int command_serve(int argc, char **argv);
int command_start(int argc, char **argv);
int command_stop(int argc, char **argv);
int command_migrate(int argc, char **argv);
int command_user(int argc, char **argv);
int command_token(int argc, char **argv);
int command_config(int argc, char **argv);
int command_import(int argc, char **argv);
int command_formats(int argc, char **argv);

#endif
