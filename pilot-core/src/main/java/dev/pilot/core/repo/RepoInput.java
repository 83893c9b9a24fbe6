package dev.pilot.core.repo;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Limits;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold for a repository's fields. */
final class RepoInput {
    /** No part may begin with a dot, so that a slug can't lead out of the data directory. */
    private static final Pattern SLUG =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    private static final Pattern CREDENTIAL =
            Pattern.compile("^(https?://[^/]*|[A-Za-z][A-Za-z0-9+.-]*://[^/@]*:[^/@]*)@.*");
    private static final Pattern BRANCH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}");

    private RepoInput() {}

    static void check(String remoteUrl, @Nullable String defaultBranch, SecretRedactor redactor) {
        InputCheck check = new InputCheck();
        check.text("remoteUrl", remoteUrl, Limits.LINE);
        if (remoteUrl.isBlank()
                || remoteUrl.startsWith("-")
                || remoteUrl.chars().anyMatch(Character::isISOControl)) {
            check.problem("remoteUrl", "must be a URL or an absolute path");
        } else if (CREDENTIAL.matcher(remoteUrl).matches()
                || !redactor.redact(remoteUrl).equals(remoteUrl)) {
            check.problem("remoteUrl", "must not hold a credential: configure it for the hub instead");
        } else if (!remoteUrl.contains("://")
                && !remoteUrl.startsWith("/")
                && !remoteUrl.matches("[A-Za-z]:[\\\\/].*")) {
            check.problem("remoteUrl", "must be a URL or an absolute path");
        }
        if (defaultBranch != null && (!BRANCH.matcher(defaultBranch).matches() || defaultBranch.contains(".."))) {
            check.problem("defaultBranch", "is no name for a branch");
        }
        check.done();
    }

    static String checkSlug(String slug) {
        if (!SLUG.matcher(slug).matches() || slug.endsWith(".lock")) {
            throw InvalidInput.of("slug", "must be owner/name out of letters, digits and . _ -");
        }
        return slug;
    }

    /** The last two parts of the URL's path. */
    static String slugOf(String remoteUrl) {
        String path = remoteUrl.replace('\\', '/').replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://[^/]*", "");
        String[] parts = path.replaceFirst("/+$", "")
                .replaceFirst("(/\\.git|\\.git)$", "")
                .split("/+");
        String name = parts.length == 0 ? "" : plain(parts[parts.length - 1]);
        String owner = parts.length < 2 ? "" : plain(parts[parts.length - 2]);
        return (owner.isEmpty() ? "local" : owner) + "/" + (name.isEmpty() ? "repo" : name);
    }

    private static String plain(String part) {
        String plain = part.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^\\.+", "");
        return plain.length() <= 100 ? plain : plain.substring(0, 100);
    }
}
