package dev.pilot.core.account;

import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.Token;
import dev.pilot.api.access.User;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.AuditTrail;
import dev.pilot.core.system.Journal;

/**
 * Tells of users and tokens in the log, and puts on record who changed or used them; never a secret, nor what somebody typed where a
 * name belongs.
 */
final class AccountEvents {
    private final Journal journal;
    private final AuditTrail audit;

    AccountEvents(Journal journal, AuditTrail audit) {
        this.journal = journal;
        this.audit = audit;
    }

    void made(StoreUnit unit, User user, String by) {
        write(unit, of(user), "created", user.name(), by);
        record(unit, by, AuditKind.USER, AuditOperation.CREATE, of(user), rights(user.rights()));
    }

    void made(StoreUnit unit, Token token, String by) {
        write(unit, of(token), "created", token.name(), by);
        record(unit, by, AuditKind.TOKEN, AuditOperation.CREATE, of(token), rights(token.rights()));
    }

    void changed(StoreUnit unit, User user, String what, String by, Json.Obj data) {
        write(unit, of(user), "updated", user.name() + ": " + what, by);
        record(unit, by, AuditKind.USER, AuditOperation.UPDATE, of(user), data);
    }

    void revoked(StoreUnit unit, Token token, String by) {
        write(unit, of(token), "revoked", token.name(), by);
        record(unit, by, AuditKind.TOKEN, AuditOperation.REVOKE, of(token), Json.object());
    }

    void deleted(StoreUnit unit, User user, String by) {
        write(unit, of(user), "deleted", user.name(), by);
        record(unit, by, AuditKind.USER, AuditOperation.DELETE, of(user), Json.object("name", user.name()));
    }

    void loggedIn(StoreUnit unit, User user, String sessionId) {
        write(unit, of(user), "log-in", user.name() + " logged in", user.name());
        record(unit, user.name(), AuditKind.LOG_IN, AuditOperation.LOG_IN, of(user), session(sessionId));
    }

    void loggedOut(StoreUnit unit, User user, String sessionId) {
        write(unit, of(user), "log-out", user.name() + " logged out", user.name());
        record(unit, user.name(), AuditKind.LOG_IN, AuditOperation.LOG_OUT, of(user), session(sessionId));
    }

    void loggedOutEverywhere(StoreUnit unit, User user, String by) {
        write(unit, of(user), "log-out", user.name() + " is logged out everywhere", by);
        record(unit, by, AuditKind.LOG_IN, AuditOperation.LOG_OUT, of(user), Json.object());
    }

    void reused(StoreUnit unit, User user, String sessionId) {
        warn(unit, user, "a refresh token was used twice: its session is over", session(sessionId));
    }

    void locked(StoreUnit unit, User user) {
        warn(unit, user, "too many wrong passwords: the name is locked for a while", Json.object());
    }

    private void warn(StoreUnit unit, User user, String what, Json.Obj data) {
        journal.write(
                unit,
                journal.build(of(user), null, null, "log-in", user.name() + ": " + what, Json.object())
                        .level(Level.WARN)
                        .build());
        audit.record(
                unit,
                user.name(),
                NewAuditEvent.builder(AuditKind.LOG_IN, AuditOperation.LOG_IN, of(user).id(), AuditDecision.DENIED)
                        .reason(what)
                        .data(data)
                        .build());
    }

    /** Everybody may read the log, and only administrators the record: what exactly somebody may do stands there alone. */
    private void write(StoreUnit unit, Subject subject, String type, String title, String by) {
        NewEvent event = journal.build(subject, null, null, type, title, Json.object())
                .message("by " + by)
                .build();
        journal.write(unit, event);
    }

    private void record(
            StoreUnit unit, String by, AuditKind kind, AuditOperation operation, Subject subject, Json.Obj data) {
        audit.record(
                unit,
                by,
                NewAuditEvent.builder(kind, operation, subject.id(), AuditDecision.ALLOWED)
                        .data(data)
                        .build());
    }

    static Json.Obj rights(Rights rights) {
        return Json.object(
                "scopes", rights.scopes().stream().map(Scope::wire).sorted().toList(),
                "proposes", rights.proposes(),
                "approves", rights.approves(),
                "projects",
                        rights.projects().stream()
                                .map(ProjectId::value)
                                .sorted()
                                .toList());
    }

    private static Json.Obj session(String id) {
        return Json.object("sessionId", id);
    }

    private static Subject of(User user) {
        return new Subject("user", user.id().value());
    }

    private static Subject of(Token token) {
        return new Subject("token", token.id().value());
    }
}
