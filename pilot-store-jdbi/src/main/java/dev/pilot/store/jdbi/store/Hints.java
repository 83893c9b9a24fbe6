package dev.pilot.store.jdbi.store;

import dev.pilot.api.value.Registration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whoever asked that something was committed: once for all commits since the last time, and never on the writer's thread. */
final class Hints {
    private static final Logger LOG = LoggerFactory.getLogger(Hints.class);

    private final Answers answers;
    private final Set<Hint> hints = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean due = new AtomicBoolean();

    /** Told apart by identity: the same code may be registered twice. */
    private static final class Hint {
        private final Runnable code;

        private Hint(Runnable code) {
            this.code = code;
        }

        private void give() {
            try {
                code.run();
            } catch (RuntimeException failure) {
                LOG.error("What was to be told of a commit failed.", failure);
            }
        }
    }

    Hints(Answers answers) {
        this.answers = answers;
    }

    Registration add(Runnable code) {
        Hint hint = new Hint(code);
        hints.add(hint);
        return () -> hints.remove(hint);
    }

    void give() {
        if (!hints.isEmpty() && due.compareAndSet(false, true)) {
            answers.later(List.of(() -> {
                due.set(false); // before, so that a commit during the hints is told, too
                hints.forEach(Hint::give);
            }));
        }
    }
}
