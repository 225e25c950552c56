/* routes.h: every address of the program, one row each */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_ROUTES_H
#define WEB_ROUTES_H

#include "web/request.h"
#include "web/response.h"

/*
 * PAGE(path, name, methods, role): handler page_<name>() in pages/<name>.c,
 * template templates/<name>.cs, test tests/http/test_<name>.py.
 * FILE(...): the same without a template: a download.
 * API(...): handler api_<name>() in api/<name>.c, test test_api_<name>.py.
 * role is the least that the guard lets through; POST, PUT and DELETE need
 * ROLE_EDITOR at least where GET needs ROLE_VIEWER, unless the methods hold
 * WRITE_VIEWER (what is changed is the member's own).
 * A token needs for GET of an API row the scope read, and for what changes
 * something the scope write; import or erase instead where the methods hold
 * FOR_IMPORT or FOR_ERASE.
 * {id} is a decimal id (request.path_id), {n} a second one
 * (request.path_number); anything else there is 404.
 */
#define ROUTES(PAGE, FILE, API)                                                \
	PAGE("/imports", imports, GET, VIEWER)                                 \
	PAGE("/imports/new", import_new, GET | POST, EDITOR)                   \
	FILE("/imports/sample.csv", import_sample, GET, VIEWER)                \
	PAGE("/imports/{id}", import, GET, VIEWER)                             \
	PAGE("/imports/{id}/mapping", import_mapping, GET | POST, EDITOR)      \
	PAGE("/imports/{id}/review", import_review, GET | POST, EDITOR)        \
	PAGE("/imports/{id}/optouts", import_optouts, GET | POST, EDITOR)      \
	PAGE("/imports/{id}/consent", import_consent, GET | POST, EDITOR)      \
	PAGE("/imports/{id}/cancel", import_cancel, GET | POST, EDITOR)        \
	PAGE("/imports/{id}/undo", import_undo, GET | POST, EDITOR)            \
	FILE("/imports/{id}/redo", import_redo, POST, EDITOR)                  \
	FILE("/imports/{id}/pause", import_pause, POST, EDITOR)                \
	FILE("/imports/{id}/resume", import_resume, POST, EDITOR)              \
	PAGE("/imports/{id}/kept", import_kept, GET, VIEWER)                   \
	FILE("/imports/{id}/kept.csv", import_kept_csv, GET, VIEWER)           \
	PAGE("/imports/{id}/rows", import_rows, GET, VIEWER)                   \
	FILE("/imports/{id}/rows.csv", import_rows_csv, GET, VIEWER)           \
	FILE("/imports/{id}/original.csv", import_original, GET, VIEWER)       \
	FILE("/imports/{id}/errors.csv", import_errors, GET, VIEWER)           \
	FILE("/imports/{id}/processed.csv", import_processed, GET, VIEWER)     \
	API("/api/v1/imports", imports, GET | POST | FOR_IMPORT, VIEWER)       \
	API("/api/v1/imports/{id}", import, GET, VIEWER)                       \
	API("/api/v1/imports/{id}/problems", import_problems, GET, VIEWER)     \
	API("/api/v1/imports/{id}/rows", import_rows, GET, VIEWER)             \
	API("/api/v1/imports/{id}/fixes", import_fixes,                        \
	    GET | POST | FOR_IMPORT, VIEWER)                                   \
	API("/api/v1/imports/{id}/fixes/{n}", import_fix, DELETE | FOR_IMPORT, \
	    EDITOR)                                                            \
	API("/api/v1/imports/{id}/errors.csv", import_errors, GET, VIEWER)     \
	API("/api/v1/imports/{id}/processed.csv", import_processed, GET,       \
	    VIEWER)                                                            \
	API("/api/v1/imports/{id}/original.csv", import_original, GET, VIEWER) \
	API("/api/v1/imports/{id}/cancel", import_cancel, POST | FOR_IMPORT,   \
	    EDITOR)                                                            \
	API("/api/v1/imports/{id}/start", import_start, POST | FOR_IMPORT,     \
	    EDITOR)                                                            \
	API("/api/v1/imports/{id}/pause", import_pause, POST | FOR_IMPORT,     \
	    EDITOR)                                                            \
	API("/api/v1/imports/{id}/resume", import_resume, POST | FOR_IMPORT,   \
	    EDITOR)                                                            \
	API("/api/v1/imports/{id}/kept", import_kept, GET, VIEWER)             \
	API("/api/v1/imports/{id}/undo", import_undo, POST | FOR_IMPORT,       \
	    EDITOR)                                                            \
	API("/api/v1/imports/{id}/redo", import_redo, POST | FOR_IMPORT,       \
	    EDITOR)                                                            \
	PAGE("/login", login, GET | POST, NONE)                                \
	PAGE("/logout", logout, GET | POST | WRITE_VIEWER, VIEWER)             \
	PAGE("/account", account, GET | POST | WRITE_VIEWER, VIEWER)           \
	PAGE("/team", team, GET | POST, ADMIN)                                 \
	PAGE("/tokens", tokens, GET | POST, ADMIN)                             \
	PAGE("/settings", settings, GET | POST, ADMIN)                         \
	PAGE("/hooks", hooks, GET | POST, ADMIN)                               \
	PAGE("/hooks/{id}", hook, GET | POST, ADMIN)                           \
	PAGE("/hooks/{id}/deliveries/{n}", hook_delivery, GET | POST, ADMIN)   \
	API("/api/v1/hooks", hooks, GET | POST, ADMIN)                         \
	API("/api/v1/hooks/{id}", hook, GET | PUT | DELETE, ADMIN)             \
	API("/api/v1/hooks/{id}/secret", hook_secret, POST, ADMIN)             \
	API("/api/v1/hooks/{id}/ping", hook_ping, POST, ADMIN)                 \
	API("/api/v1/hooks/{id}/deliveries", hook_deliveries, GET, ADMIN)      \
	API("/api/v1/hooks/{id}/deliveries/{n}", hook_delivery, GET, ADMIN)    \
	API("/api/v1/hooks/{id}/deliveries/{n}/redeliver", hook_redeliver,     \
	    POST, ADMIN)                                                       \
	PAGE("/events", events, GET, ADMIN)                                    \
	PAGE("/suppressions", suppressions, GET | POST, ADMIN)                 \
	API("/api/v1/optouts", optouts, POST, EDITOR)                          \
	PAGE("/audit", audit, GET, ADMIN)                                      \
	FILE("/audit.csv", audit_csv, GET, ADMIN)                              \
	API("/api/v1/audit", audit, GET, ADMIN)                                \
	PAGE("/segments", segments, GET | POST, VIEWER)                        \
	PAGE("/campaigns", campaigns, GET | POST, VIEWER)                      \
	PAGE("/tags", tags, GET | POST, VIEWER)                                \
	PAGE("/first-messages", first_messages, GET | POST, VIEWER)            \
	PAGE("/attributes", attributes, GET | POST, VIEWER)                    \
	PAGE("/contacts", contacts, GET, VIEWER)                               \
	PAGE("/contacts/new", contact_new, GET | POST, EDITOR)                 \
	PAGE("/contacts/columns", contact_columns, GET | POST | WRITE_VIEWER,  \
	    VIEWER)                                                            \
	PAGE("/contacts/{id}", contact, GET, VIEWER)                           \
	PAGE("/contacts/{id}/edit", contact_edit, GET | POST, EDITOR)          \
	FILE("/contacts/{id}/state", contact_state, POST, EDITOR)              \
	PAGE("/contacts/{id}/consents", contact_consents, GET | POST, VIEWER)  \
	FILE("/contacts/{id}/consents.csv", contact_consents_csv, GET, VIEWER) \
	FILE("/contacts/{id}/consents.json", contact_consents_json, GET,       \
	    VIEWER)                                                            \
	API("/api/v1/contacts/{id}/consents", contact_consents, GET | POST,    \
	    VIEWER)                                                            \
	FILE("/imports/{id}/consents.csv", import_consents, GET, VIEWER)       \
	API("/api/v1/imports/{id}/consents.csv", import_consents, GET, VIEWER) \
	PAGE("/contacts/{id}/delete", contact_delete, GET | POST, EDITOR)      \
	PAGE("/contacts/{id}/merge", contact_merge, GET | POST, EDITOR)        \
	PAGE("/contacts/{id}/unmerge", contact_unmerge, GET | POST, EDITOR)    \
	PAGE("/duplicates", duplicates, GET | POST, VIEWER)                    \
	PAGE("/contacts/{id}/restore", contact_restore, GET | POST, EDITOR)    \
	PAGE("/trash", trash, GET | POST, EDITOR)                              \
	PAGE("/contacts/export", contact_export, GET, VIEWER)                  \
	FILE("/contacts/export.csv", contacts_export, GET, VIEWER)             \
	FILE("/contacts/export.xlsx", contacts_export_xlsx, GET, VIEWER)       \
	API("/api/v1/contacts", contacts, GET | POST, VIEWER)                  \
	API("/api/v1/contacts/{id}", contact, GET | PUT | DELETE, VIEWER)      \
	API("/api/v1/contacts/{id}/restore", contact_restore, POST, EDITOR)    \
	API("/api/v1/contacts/{id}/revisions", contact_revisions, GET, VIEWER) \
	API("/api/v1/contacts/{id}/merge", contact_merge, POST, EDITOR)        \
	API("/api/v1/contacts/{id}/unmerge", contact_unmerge, POST, EDITOR)    \
	API("/api/v1/contacts/export.csv", contacts_export, GET, VIEWER)       \
	API("/api/v1/contacts/export.xlsx", contacts_export_xlsx, GET, VIEWER) \
	API("/api/v1/duplicates", duplicates, GET, VIEWER)                     \
	API("/api/v1/duplicates/dismiss", duplicates_dismiss, POST, EDITOR)    \
	API("/api/v1/tags", tags, GET | POST, VIEWER)                          \
	API("/api/v1/tags/{id}", tag, GET | PUT | DELETE, VIEWER)              \
	API("/api/v1/first-messages", first_messages, GET | POST, VIEWER)      \
	API("/api/v1/first-messages/{id}", first_message, PUT | DELETE,        \
	    EDITOR)                                                            \
	API("/api/v1/attributes", attributes, GET | POST, VIEWER)              \
	API("/api/v1/attributes/{id}", attribute, GET | PUT | DELETE, VIEWER)  \
	API("/api/v1/segments", segments, GET | POST, VIEWER)                  \
	API("/api/v1/segments/{id}", segment, GET | PUT | DELETE, VIEWER)      \
	API("/api/v1/campaigns", campaigns, GET | POST, VIEWER)                \
	API("/api/v1/campaigns/{id}", campaign, GET | PUT | DELETE, VIEWER)    \
	API("/api/v1/bulk", bulk, POST, EDITOR)                                \
	API("/api/v1/bulk/{id}", bulk_job, GET, VIEWER)                        \
	API("/api/v1/bulk/{id}/kept", bulk_kept, GET, VIEWER)                  \
	API("/api/v1/bulk/{id}/cancel", bulk_cancel, POST, EDITOR)             \
	API("/api/v1/bulk/{id}/undo", bulk_undo, POST, EDITOR)                 \
	PAGE("/jobs", jobs, GET, VIEWER)                                       \
	PAGE("/jobs/{id}", job, GET | POST, VIEWER)                            \
	PAGE("/contacts/bulk", contacts_bulk, GET | POST, EDITOR)              \
	PAGE("/privacy", privacy, GET | POST, ADMIN)                           \
	PAGE("/privacy/{id}", privacy_person, GET, ADMIN)                      \
	FILE("/privacy/{id}/data.json", privacy_data, GET, ADMIN)              \
	PAGE("/privacy/erase", privacy_erase, GET | POST, ADMIN)               \
	PAGE("/privacy/erasures/{id}", privacy_erasure, GET, ADMIN)            \
	API("/api/v1/privacy/person", privacy_person, GET, ADMIN)              \
	API("/api/v1/privacy/erase", privacy_erase, POST | FOR_ERASE, ADMIN)   \
	API("/api/v1/privacy/erasures/{id}", privacy_erasure, GET, ADMIN)      \
	API("/webhooks/whatsapp", webhook_whatsapp, GET | POST, NONE)          \
	FILE("/", home, GET, VIEWER)                                           \
	FILE("/healthz", healthz, GET, NONE)

#define ROUTE_PAGE(path, name, methods, role)                                  \
	enum status page_##name(                                               \
	    struct request *rq, struct response *rs, struct err *e);
#define ROUTE_API(path, name, methods, role)                                   \
	enum status api_##name(                                                \
	    struct request *rq, struct response *rs, struct err *e);
ROUTES(ROUTE_PAGE, ROUTE_PAGE, ROUTE_API)
#undef ROUTE_PAGE
#undef ROUTE_API

#endif
