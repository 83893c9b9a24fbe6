package dev.pilot.api.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells by the name of a variable or setting whether what it holds is a secret. */
public final class SecretNames {
    /** What a word of the name ends with, wherever it stands: {@code OPENAI_APIKEY}, {@code GITHUB_TOKEN_READ_ONLY}. */
    private static final List<String> ENDINGS =
            List.of("TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "PASSCODE", "CREDENTIAL", "KEY");

    /** Only as the last of several words: alone, {@code PWD} is where a program is. */
    private static final Set<String> LAST = Set.of("PASS", "PWD", "AUTH", "PAT", "JWT", "COOKIE", "CREDS");

    /** What is last and says of a secret only where it is, whose, of what kind or for how long. */
    private static final Set<String> ABOUT = Set.of(
            "FILE",
            "DIR",
            "DIRECTORY",
            "PATH",
            "NAME",
            "ID",
            "USER",
            "URL",
            "URI",
            "HOST",
            "PORT",
            "SOCK",
            "TYPE",
            "KIND",
            "MODE",
            "METHOD",
            "PROVIDER",
            "ALGORITHM",
            "ENABLED",
            "WAIT",
            "TTL",
            "TIMEOUT",
            "EXPIRY");

    private SecretNames() {}

    /**
     * Whether what has this name is a secret.
     *
     * @param name such as {@code GITHUB_TOKEN} or {@code tls.password}
     * @return true if the name says so
     */
    public static boolean isSecret(String name) {
        String[] words = name.toUpperCase(Locale.ROOT).split("[^A-Z0-9]+");
        String last = words.length == 0 ? "" : words[words.length - 1];
        if (ABOUT.contains(last)) {
            return false;
        }
        if (words.length > 1 && LAST.contains(last)) {
            return true;
        }
        for (String word : words) {
            String one = word.endsWith("S") ? word.substring(0, word.length() - 1) : word;
            if (ENDINGS.stream().anyMatch(one::endsWith)) {
                return true;
            }
        }
        return false;
    }
}
