package dev.pilot.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the secrets in URLs: {@code scheme://user:password@host}, and parameters such as {@code ?password=…} of JDBC's. */
final class UrlSecrets {
    private static final Pattern URL = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.:-]*:[^\\s]+");
    /** Up to the last {@code @} of the authority: not everybody escapes the one in his password. */
    private static final Pattern USER = Pattern.compile("://[^/?#:\\s]*:([^/?#\\s]+)@");

    private static final Pattern PARAMETER =
            Pattern.compile("(?i)[?&;][a-z0-9_.-]*(?:password|passwd|pwd|passphrase|secret|token|api_?key)=([^&\\s]+)");

    private UrlSecrets() {}

    /** As they stand there, and as they are meant. Nothing of a text that is no URL. */
    static Set<String> in(String text) {
        Set<String> secrets = new LinkedHashSet<>();
        if (URL.matcher(text.strip()).matches()) {
            for (Pattern pattern : new Pattern[] {USER, PARAMETER}) {
                Matcher found = pattern.matcher(text);
                while (found.find()) {
                    add(found.group(1), secrets);
                }
            }
        }
        return secrets;
    }

    private static void add(String secret, Set<String> to) {
        to.add(secret);
        int end = secret.indexOf(';'); // some drivers' parameters end there
        if (end > 0) {
            to.add(secret.substring(0, end));
        }
        try {
            to.add(URLDecoder.decode(secret, UTF_8));
        } catch (IllegalArgumentException notEscaped) {
            // it is meant as it stands
        }
    }
}
