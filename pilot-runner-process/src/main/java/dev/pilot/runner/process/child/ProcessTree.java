package dev.pilot.runner.process.child;

import dev.pilot.runner.process.child.ProcessTable.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A child process and all that it started, directly or not. A process belongs to the tree if it carries the cookie, is in the child's
 * session while the child lives, descends from one that belongs, or was seen to belong before. For one thread at a time.
 */
final class ProcessTree {
    /** How long to insist before giving up on processes that can't be ended, such as those stuck in the kernel. */
    private static final long INSIST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ProcessTable table;
    private final Cookie cookie;
    private final @Nullable Entry child;
    private final Map<Long, Entry> known = new HashMap<>();

    /**
     * Makes one.
     *
     * @param table where to look
     * @param cookie the child's cookie
     * @param child the child itself, or null if it had ended before it could be looked at
     */
    ProcessTree(ProcessTable table, Cookie cookie, @Nullable Entry child) {
        this.table = table;
        this.cookie = cookie;
        this.child = child;
        if (child != null) {
            known.put(child.pid(), child);
        }
    }

    /** Who lives, the child first, so that a shell is told before its command and can't go on to the next one. */
    List<Entry> living() {
        List<Entry> strangers = new ArrayList<>(table.list());
        Map<Long, Entry> members = new HashMap<>();
        boolean sessionIsOurs = strangers.stream().anyMatch(entry -> entry.isSame(child));
        long self = ProcessHandle.current().pid();
        strangers.removeIf(entry -> entry.ended() || entry.pid() == self);
        strangers.removeIf(entry -> move(belongs(entry, sessionIsOurs), entry, members));
        int before;
        do {
            before = members.size();
            strangers.removeIf(entry -> move(members.containsKey(entry.parent()), entry, members));
        } while (members.size() > before);
        known.putAll(members);
        return inOrder(members.values());
    }

    private static boolean move(boolean belongs, Entry entry, Map<Long, Entry> members) {
        if (belongs) {
            members.put(entry.pid(), entry);
        }
        return belongs;
    }

    private boolean belongs(Entry entry, boolean sessionIsOurs) {
        if (entry.isSame(known.get(entry.pid()))) {
            return true;
        } else if (child != null && entry.start() < child.start()) {
            return false; // older than the child: not worth reading its environment
        }
        return child != null && sessionIsOurs && entry.session() == child.pid() || table.carries(entry, cookie);
    }

    private List<Entry> inOrder(Collection<Entry> members) {
        List<Entry> sorted = new ArrayList<>(members);
        sorted.sort((left, right) -> Boolean.compare(right.isSame(child), left.isSame(child)));
        return sorted;
    }

    /** Asks all who live to end. */
    void terminate() {
        living().forEach(entry -> signal(entry, false));
    }

    /**
     * Ends all who live and those whom they start meanwhile.
     *
     * @return who could not be ended
     * @throws InterruptedException if the thread was interrupted
     */
    List<Entry> kill() throws InterruptedException {
        long giveUp = System.nanoTime() + INSIST_NANOS;
        long pauseMillis = 1;
        List<Entry> living = living();
        while (!living.isEmpty() && System.nanoTime() - giveUp < 0) {
            living.forEach(entry -> signal(entry, true));
            Thread.sleep(pauseMillis);
            pauseMillis = Math.min(20, pauseMillis * 2);
            living = living();
        }
        return living;
    }

    /** The handle is taken before the second look, and Java compares start times again: a reused number is never hit. */
    private void signal(Entry entry, boolean firmly) {
        ProcessHandle.of(entry.pid()).ifPresent(handle -> {
            if (entry.isSame(table.find(entry.pid()))) {
                if (firmly) {
                    handle.destroyForcibly();
                } else {
                    handle.destroy();
                }
            }
        });
    }
}
