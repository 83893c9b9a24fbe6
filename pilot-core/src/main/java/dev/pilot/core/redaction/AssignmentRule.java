package dev.pilot.core.redaction;

import java.util.List;
import java.util.stream.Stream;

/**
 * A value that is given a secret's name: {@code password: …}, {@code "apiKey": "…"}, {@code DB_PASSWORD=…}, {@code --token …},
 * {@code <secret>…</secret>}. The value must look like one, since code and prose are full of such names.
 */
final class AssignmentRule implements Rule {
    private static final int NAME_MOST = 40;
    private static final int BLANK_MOST = 16;

    private static final List<String> NAMES = List.of(
            "passw",
            "passphrase",
            "secret",
            "token",
            "api_key",
            "api-key",
            "apikey",
            "access_key",
            "access-key",
            "accesskey",
            "account_key",
            "accountkey",
            "auth_key",
            "authkey",
            "private_key",
            "privatekey",
            "encryption_key",
            "signing_key",
            "credential",
            "authorization");

    private static final List<String> FLAGS =
            List.of("--passw", "--passphrase", "--secret", "--token", "--api-key", "--apikey", "--access-key");

    /** What a name ends with that says something about a secret and isn't one. */
    private static final List<String> ABOUT = List.of(
            "s",
            "izer",
            "ize",
            "ized",
            "type",
            "count",
            "url",
            "uri",
            "path",
            "file",
            "name",
            "dir",
            "limit",
            "length",
            "size",
            "expires",
            "expiry",
            "expiration",
            "ttl",
            "age",
            "budget",
            "endpoint",
            "version",
            "policy",
            "manager",
            "provider",
            "store",
            "ref",
            "arn",
            "rotation",
            "factory",
            "service",
            "source",
            "class",
            "usage",
            "encryption",
            "algorithm",
            "hash",
            "format",
            "method",
            "kind",
            "at",
            "hint");

    private static final List<String> SCHEMES = List.of("bearer", "basic", "token", "digest", "apikey", "negotiate");

    /** What may stand between a name and what follows it, as in {@code env["TOKEN"] = …}. */
    private static final ByteSet CLOSING = ByteSet.QUOTE.or(ByteSet.of("\\]"));

    private final boolean flag;

    private AssignmentRule(boolean flag) {
        this.flag = flag;
    }

    static List<Pattern> patterns() {
        return Stream.concat(
                        NAMES.stream().map(name -> Pattern.of(name, new AssignmentRule(false))),
                        FLAGS.stream().map(name -> Pattern.of(name, new AssignmentRule(true))))
                .toList();
    }

    @Override
    public long confirm(Text text, int start, int behind) {
        int name = text.run(behind, ByteSet.URL_SAFE, NAME_MOST);
        if (text.unknown(name) && name - behind < NAME_MOST) {
            return MORE;
        }
        if (name - behind == NAME_MOST || aboutSecrets(text, behind, name)) {
            return NONE;
        }
        return flag ? word(text, name) : assigned(text, start, name);
    }

    private static boolean aboutSecrets(Text text, int from, int to) {
        for (String end : ABOUT) {
            if (text.endsWith(from, to, end)) {
                return true;
            }
        }
        return false;
    }

    /** {@code --token value}. */
    private static long word(Text text, int name) {
        int at = text.run(name, ByteSet.BLANK, BLANK_MOST);
        if (text.unknown(at)) {
            return MORE;
        }
        return at == name ? NONE : SecretValue.confirm(text, at, false, false);
    }

    private long assigned(Text text, int start, int name) {
        int at = quotes(text, name);
        int separator = text.run(at, ByteSet.BLANK, BLANK_MOST);
        if (text.unknown(separator + 1)) {
            return MORE;
        }
        boolean tight = separator == name && text.is(separator, '=');
        if (text.is(separator, '>') && separator == name) {
            at = separator + 1; // an XML element
        } else {
            at = behindSeparator(text, separator);
            if (at < 0) {
                return NONE;
            }
            at = text.run(at, ByteSet.BLANK, BLANK_MOST);
        }
        at = behindScheme(text, at);
        if (at < 0 || text.unknown(at)) {
            return MORE;
        }
        boolean environment = tight && !text.any(start, name, ByteSet.LOWER);
        return SecretValue.confirm(text, at, environment, text.is(name, '>'));
    }

    private static int quotes(Text text, int from) {
        return text.run(from, CLOSING, 4);
    }

    /** The byte behind {@code =}, {@code :}, {@code :=} or {@code =>}; -1 for anything else. */
    private static int behindSeparator(Text text, int at) {
        if (text.is(at, '=')) {
            return text.is(at + 1, '=') || text.is(at + 1, '~') ? -1 : at + (text.is(at + 1, '>') ? 2 : 1);
        } else if (text.is(at, ':')) {
            return text.is(at + 1, ':') ? -1 : at + (text.is(at + 1, '=') ? 2 : 1);
        }
        return -1;
    }

    /** Skips the scheme in {@code Authorization: Bearer …}; -1 if it can't be said yet. */
    private static int behindScheme(Text text, int from) {
        int open = quotes(text, from);
        int word = text.run(open, ByteSet.LETTER, BLANK_MOST);
        if (text.unknown(word)) {
            return -1;
        }
        for (String scheme : SCHEMES) {
            if (text.is(word, ' ') && word - open == scheme.length() && text.equalsFolded(open, scheme)) {
                return text.run(word, ByteSet.BLANK, BLANK_MOST);
            }
        }
        return from;
    }
}
