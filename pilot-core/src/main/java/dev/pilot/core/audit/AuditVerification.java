package dev.pilot.core.audit;

import dev.pilot.api.access.AuditFault;
import dev.pilot.api.access.AuditFinding;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.store.AuditRow;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.core.system.AuditChain;
import java.util.List;
import java.util.Optional;

/**
 * Checks the audit log from its oldest record to its newest: each record against its hash, the hash before it and its place, and the chain
 * against the seals. The log may grow and be pruned meanwhile. Used once.
 */
final class AuditVerification {
    private static final int PAGE = 1_000;

    private final ProjectStore store;
    private final AuditSeal seal;
    private final HeadFile headFile;

    AuditVerification(ProjectStore store, AuditSeal seal, HeadFile headFile) {
        this.store = store;
        this.seal = seal;
        this.headFile = headFile;
    }

    AuditReport run() {
        Seals seals = Seals.read(store, headFile, seal);
        Optional<AuditFinding> early = seals.forged().or(this::beforeTheFirst);
        if (early.isPresent()) {
            return report(seals, new ChainWalk(store, seals.start(), seals), 0, early);
        }
        long checked = 0;
        while (true) {
            ChainWalk walk = new ChainWalk(store, seals.start(), seals).upTo(Long.MAX_VALUE);
            checked += walk.checked();
            Seals now = Seals.read(store, headFile, seal);
            boolean isPruned = now.forged().isEmpty()
                    && now.start().sequence() > walk.place().sequence();
            if (!isPruned) {
                return report(seals, walk, checked, finding(seals, walk));
            }
            seals = now; // its beginning was deleted while this was reading
        }
    }

    private Optional<AuditFinding> finding(Seals seals, ChainWalk walk) {
        return walk.wrong()
                .filter(wrong -> wrong.sequence() == walk.place().sequence() + 1)
                .map(wrong -> diagnosis(walk, wrong))
                .or(walk::finding)
                .or(walk::cut)
                .or(seals::missing);
    }

    private AuditReport report(Seals seals, ChainWalk walk, long checked, Optional<AuditFinding> finding) {
        Place end = walk.place();
        AuditRow last =
                store.<Optional<AuditRow>>read(view -> view.audit().last()).orElse(null);
        return new AuditReport(
                checked,
                seals.start().sequence() + 1,
                last == null ? end.sequence() : Math.max(last.sequence(), end.sequence()),
                last == null ? end.hash() : last.hash(),
                walk.covered(),
                finding.orElse(null));
    }

    /** Records begin with 1. One before that is in no chain, but would stand in every list. */
    private Optional<AuditFinding> beforeTheFirst() {
        return page(Long.MIN_VALUE).stream()
                .findFirst()
                .filter(row -> row.sequence() < 1)
                .map(row -> new AuditFinding(
                        AuditFault.INSERTED,
                        row.sequence(),
                        "Record " + row.sequence() + " was put before the first one."));
    }

    private List<AuditRow> page(long after) {
        return store.read(view -> view.audit().after(after, PAGE));
    }

    /** Which record belongs where the wrong one stands? It is looked for in the whole rest of the log. */
    private AuditFinding diagnosis(ChainWalk walk, AuditRow wrong) {
        String hash = walk.place().hash();
        for (List<AuditRow> rows = page(wrong.sequence());
                !rows.isEmpty();
                rows = page(rows.get(rows.size() - 1).sequence())) {
            for (AuditRow other : rows) {
                String right = AuditChain.hash(hash, other.at(wrong.sequence()));
                if (right.equals(other.hash()) || right.equals(wrong.hash())) {
                    return misplaced(wrong, other, right);
                }
            }
        }
        return walk.finding().orElseThrow();
    }

    private static AuditFinding misplaced(AuditRow wrong, AuditRow other, String right) {
        String next = AuditChain.hash(right, wrong.at(other.sequence()));
        boolean neighbours = other.sequence() == wrong.sequence() + 1;
        if (neighbours && !next.equals(wrong.hash()) && !next.equals(other.hash())) {
            return new AuditFinding(
                    AuditFault.INSERTED,
                    wrong.sequence(),
                    "Record " + wrong.sequence() + " was put before the one that belongs there.");
        }
        return new AuditFinding(
                AuditFault.SWAPPED,
                wrong.sequence(),
                "Records " + wrong.sequence() + " and " + other.sequence() + " have changed places.");
    }
}
