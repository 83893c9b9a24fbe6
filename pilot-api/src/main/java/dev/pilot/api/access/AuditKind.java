package dev.pilot.api.access;

import dev.pilot.api.value.Named;

/** What an audit event is about. */
public enum AuditKind implements Named {
    /** A file or directory. */
    PATH("path"),
    /** A command that was run, or was to be. */
    COMMAND("command"),
    /** A tool that a run asked to use. */
    TOOL("tool"),
    /** An approval that was decided. */
    APPROVAL("approval"),
    /** A use-case that the caller may not use. */
    PERMISSION("permission"),
    /** A credential that was shown. */
    LOG_IN("log-in"),
    /** A token that was made or revoked. */
    TOKEN("token"),
    /** A user that was made or changed. */
    USER("user"),
    /** A copy of a repository that was brought up to date. */
    SYNC("sync"),
    /** A change that was applied to a repository, or was to be. */
    PATCH("patch"),
    /** Something else. */
    OTHER("other");

    private final String wire;

    AuditKind(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
