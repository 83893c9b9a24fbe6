package dev.pilot.core.audit;

import dev.pilot.api.access.AuditFault;
import dev.pilot.api.access.AuditFinding;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.store.AuditAnchor;
import dev.pilot.api.store.AuditRow;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.core.system.AuditChain;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the audit log from its oldest record to its newest, a page at a time: each record against its hash, the hash before it and its
 * place, and the chain against the seals. The log may grow and be pruned meanwhile. Used once.
 */
final class AuditVerification {
    private static final int PAGE = 1_000;

    private final ProjectStore store;
    private final AuditSeal seal;
    private final HeadFile headFile;

    private final Map<Long, AuditAnchor> sealed = new TreeMap<>();
    private long checked;
    private long first = 1;
    private long before;
    private String hash;
    private long covered;
    private @Nullable AuditFinding finding;

    AuditVerification(ProjectStore store, AuditSeal seal, HeadFile headFile) {
        this.store = store;
        this.seal = seal;
        this.headFile = headFile;
        this.hash = AuditChain.start(store.info().hubId());
    }

    AuditReport run() {
        Optional<AuditAnchor> outside = headFile.read();
        List<AuditAnchor> anchors = anchors();
        startBehind(anchors);
        Stream.concat(outside.stream(), anchors.stream()).forEach(this::expect);
        outside.filter(anchor -> !seal.isOurs(anchor)).ifPresent(this::refuse);
        while (finding == null) {
            List<AuditRow> rows = page(before);
            if (rows.isEmpty()) {
                break;
            }
            for (AuditRow row : rows) {
                if (!check(row)) {
                    break;
                }
            }
        }
        if (finding == null) {
            checkEnd();
        }
        AuditRow last =
                store.<Optional<AuditRow>>read(view -> view.audit().last()).orElse(null);
        return new AuditReport(
                checked,
                first,
                last == null ? before : Math.max(last.sequence(), before),
                last == null ? hash : last.hash(),
                covered,
                finding);
    }

    private List<AuditAnchor> anchors() {
        return store.read(view -> view.audit().anchors());
    }

    private List<AuditRow> page(long after) {
        return store.read(view -> view.audit().after(after, PAGE));
    }

    /**
     * What was pruned is left out, up to the seal behind it.
     *
     * @return whether there was more to leave out than before
     */
    private boolean startBehind(List<AuditAnchor> anchors) {
        AuditAnchor start = anchors.stream()
                .filter(anchor -> anchor.pruned() && anchor.sequence() > before && seal.isOurs(anchor))
                .max(Comparator.comparingLong(AuditAnchor::sequence))
                .orElse(null);
        if (start == null) {
            return false;
        }
        before = start.sequence();
        first = before + 1;
        hash = start.hash();
        covered = before;
        return true;
    }

    /** Of two anchors at the same place one that is not the hub's must not hide behind the other. */
    private void expect(AuditAnchor anchor) {
        if (anchor.sequence() > before || !seal.isOurs(anchor)) {
            sealed.merge(anchor.sequence(), anchor, (one, other) -> seal.isOurs(one) ? other : one);
        }
    }

    private void refuse(AuditAnchor anchor) {
        found(
                AuditFault.SEAL,
                anchor.sequence(),
                "The seal of record " + anchor.sequence()
                        + " is not this hub's: it was changed, or the key file is another one.");
    }

    /** Whether all is well so far, and the walk goes on with the next record. */
    private boolean check(AuditRow row) {
        if (row.sequence() <= before) {
            return true; // left out meanwhile, by a jump
        }
        if (row.sequence() != before + 1) {
            if (startBehind(anchors())) {
                return false; // pruned while this was reading
            }
            String gone = row.sequence() == before + 2
                    ? "Record " + (before + 1) + " is gone."
                    : "Records " + (before + 1) + " to " + (row.sequence() - 1) + " are gone.";
            found(AuditFault.REMOVED, before + 1, gone);
            return false;
        }
        if (!AuditChain.hash(hash, row).equals(row.hash())) {
            diagnose(row);
            return false;
        }
        AuditAnchor anchor = sealed.remove(row.sequence());
        if (anchor != null && !seal.isOurs(anchor)) {
            refuse(anchor);
            return false;
        }
        if (anchor != null && !anchor.hash().equals(row.hash())) {
            found(
                    AuditFault.ALTERED,
                    row.sequence(),
                    "Record " + row.sequence()
                            + ", or one before it, was altered and everything behind it chained anew: the seal says otherwise.");
            return false;
        }
        if (anchor != null) {
            covered = row.sequence();
        }
        before = row.sequence();
        hash = row.hash();
        checked++;
        return true;
    }

    /** What is sealed and has not come is gone from the end. */
    private void checkEnd() {
        for (AuditAnchor anchor : sealed.values()) {
            if (!seal.isOurs(anchor)) {
                refuse(anchor);
                return;
            }
            if (anchor.sequence() > before) {
                found(
                        AuditFault.TRUNCATED,
                        before + 1,
                        "The log ends with record " + before + ", but record " + anchor.sequence()
                                + " was sealed: what came behind is gone.");
                return;
            }
        }
    }

    /** Which record belongs where the wrong one stands? It is looked for in the whole rest of the log. */
    private void diagnose(AuditRow wrong) {
        for (List<AuditRow> rows = page(wrong.sequence());
                !rows.isEmpty();
                rows = page(rows.get(rows.size() - 1).sequence())) {
            for (AuditRow other : rows) {
                String right = AuditChain.hash(hash, other.at(wrong.sequence()));
                if (right.equals(other.hash()) || right.equals(wrong.hash())) {
                    misplaced(wrong, other, right);
                    return;
                }
            }
        }
        found(
                AuditFault.ALTERED,
                wrong.sequence(),
                "Record " + wrong.sequence()
                        + " does not say what the hub wrote, or does not follow what the hub wrote.");
    }

    private void misplaced(AuditRow wrong, AuditRow other, String right) {
        String next = AuditChain.hash(right, wrong.at(other.sequence()));
        boolean neighbours = other.sequence() == wrong.sequence() + 1;
        if (neighbours && !next.equals(wrong.hash()) && !next.equals(other.hash())) {
            found(
                    AuditFault.INSERTED,
                    wrong.sequence(),
                    "Record " + wrong.sequence() + " was put before the one that belongs there.");
        } else {
            found(
                    AuditFault.SWAPPED,
                    wrong.sequence(),
                    "Records " + wrong.sequence() + " and " + other.sequence() + " have changed places.");
        }
    }

    private void found(AuditFault fault, long sequence, String message) {
        finding = new AuditFinding(fault, sequence, message);
    }
}
