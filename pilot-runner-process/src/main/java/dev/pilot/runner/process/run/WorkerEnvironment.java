package dev.pilot.runner.process.run;

import dev.pilot.api.access.SecretNames;
import dev.pilot.api.access.SecretRedactor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The worker's own variables, and which of them its children see. */
final class WorkerEnvironment {
    /** What programs need to find each other, their user, their language and their temporary files. */
    private static final Set<String> USUAL = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "LANGUAGE",
            "TZ",
            "TMPDIR",
            "JAVA_HOME",
            // without these nothing starts on Windows
            "Path",
            "PATHEXT",
            "COMSPEC",
            "SYSTEMROOT",
            "SystemRoot",
            "TEMP",
            "TMP",
            "USERPROFILE");

    private final Map<String, String> own;
    private final Map<String, String> usual = new HashMap<>();

    WorkerEnvironment(Map<String, String> own) {
        this.own = Map.copyOf(own);
        own.forEach((name, value) -> {
            if (USUAL.contains(name) || name.startsWith("LC_")) {
                usual.put(name, value);
            }
        });
        usual.put("TERM", "dumb");
    }

    /** The usual few, in a map that may be added to. */
    Map<String, String> usual() {
        return new HashMap<>(usual);
    }

    /**
     * Adds those that a profile names. Pilot's own are never passed, whoever names them: they hold the hub's tokens. What looks like
     * a secret by its name is made known to the redactor before the child can print it.
     */
    void pass(List<String> names, Map<String, String> into, SecretRedactor redactor) {
        for (String name : names) {
            String value = own.get(name);
            if (value != null && !name.startsWith("PILOT_")) {
                into.put(name, value);
                if (SecretNames.isSecret(name)) {
                    redactor.learn(value);
                }
            }
        }
    }
}
