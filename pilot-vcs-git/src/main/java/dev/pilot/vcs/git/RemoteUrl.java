package dev.pilot.vcs.git;

import dev.pilot.api.error.InvalidInput;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jgit.transport.URIish;

/** A remote that may be read: {@code https}, {@code http}, {@code git}, {@code file}, or an absolute path. Its text holds no credential. */
final class RemoteUrl {
    private static final Set<String> SCHEMES = Set.of("https", "http", "git", "file");
    private static final String FIELD = "remoteUrl";

    private final URIish uri;
    private final String shown;

    private RemoteUrl(URIish uri) {
        this.uri = uri;
        this.shown = withoutQuery(uri.setUser(null).setPass(null).toString());
    }

    /**
     * Reads one.
     *
     * @throws InvalidInput if it is nothing that is read here
     */
    static RemoteUrl parse(String text) {
        if (text.isBlank()) {
            throw InvalidInput.of(FIELD, "is empty: give a URL or an absolute path");
        }
        if (text.startsWith("-") || text.chars().anyMatch(Character::isISOControl)) {
            throw InvalidInput.of(FIELD, "must not start with '-' or hold control characters");
        }
        int colon = text.indexOf("://");
        if (colon < 0) {
            return local(text);
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (scheme.equals("ssh") || scheme.endsWith("+ssh")) {
            throw noSsh();
        }
        if (!SCHEMES.contains(scheme)) {
            throw InvalidInput.of(FIELD, "must be an https, http, git or file URL, or an absolute path");
        }
        try {
            URIish uri = new URIish(text);
            if (!scheme.equals("file")
                    && (uri.getHost() == null || uri.getHost().isEmpty())) {
                throw InvalidInput.of(FIELD, "names no host");
            }
            return new RemoteUrl(uri);
        } catch (URISyntaxException e) {
            throw InvalidInput.of(FIELD, "is no URL that can be read"); // the parser's message would repeat the URL
        }
    }

    private static RemoteUrl local(String text) {
        try {
            if (Path.of(text).isAbsolute()) {
                return new RemoteUrl(new URIish(text));
            }
        } catch (InvalidPathException | URISyntaxException e) {
            throw InvalidInput.of(FIELD, "is no path that can be read");
        }
        if (!text.contains("::") && text.indexOf(':') > 0) {
            throw noSsh();
        }
        throw InvalidInput.of(FIELD, "must be an https, http, git or file URL, or an absolute path");
    }

    private static InvalidInput noSsh() {
        return InvalidInput.of(FIELD, "ssh is not supported here: use the repository's https URL or a path");
    }

    URIish uri() {
        return uri;
    }

    /** Whether it is on this machine's file systems. */
    boolean isLocal() {
        return uri.getHost() == null;
    }

    boolean holdsCredential() {
        return uri.getUser() != null || uri.getPass() != null || uri.toString().indexOf('?') >= 0;
    }

    /** A text about this remote without what {@link #toString} leaves out. */
    String redact(String text) {
        String redacted = text.replace(uri.toPrivateString(), shown).replace(uri.toString(), shown);
        for (String secret : new String[] {uri.getPass(), uri.getUser(), query()}) {
            if (secret != null && !secret.isEmpty()) {
                redacted = redacted.replace(secret, "***");
            }
        }
        return redacted;
    }

    private String query() {
        String whole = uri.toString();
        int mark = whole.indexOf('?');
        return mark < 0 ? "" : whole.substring(mark);
    }

    private static String withoutQuery(String url) {
        int mark = url.indexOf('?');
        return mark < 0 ? url : url.substring(0, mark);
    }

    @Override
    public String toString() {
        return shown;
    }
}
