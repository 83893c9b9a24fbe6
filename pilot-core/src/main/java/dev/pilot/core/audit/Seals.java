package dev.pilot.core.audit;

import dev.pilot.api.access.AuditFault;
import dev.pilot.api.access.AuditFinding;
import dev.pilot.api.store.AuditAnchor;
import dev.pilot.api.store.ProjectStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that is sealed, as it was found at one moment: the anchors in the database, and the newest one once more in the file outside. */
final class Seals {
    private final List<AuditAnchor> anchors;
    private final @Nullable AuditAnchor head;
    private final Place beginning;
    private final @Nullable AuditFinding forged;

    private Seals(List<AuditAnchor> anchors, HeadFile.Head head, HeadFile file, AuditSeal seal, String hubId) {
        this.anchors = anchors;
        this.head = head.anchor();
        this.beginning = Place.start(hubId);
        this.forged = forged(head, file, seal);
    }

    /** The file is read first: the hub writes it last, so it never tells of more than the database. */
    static Seals read(ProjectStore store, HeadFile file, AuditSeal seal) {
        HeadFile.Head head = file.read();
        List<AuditAnchor> anchors = store.read(view -> view.audit().anchors());
        return new Seals(anchors, head, file, seal, store.info().hubId());
    }

    private @Nullable AuditFinding forged(HeadFile.Head kept, HeadFile file, AuditSeal seal) {
        if (kept.garbled() != null) {
            return new AuditFinding(
                    AuditFault.SEAL,
                    0,
                    "The file " + file.path() + " can't be read as a seal, it " + kept.garbled()
                            + ": it was damaged. Bring it back from a backup, or keep it elsewhere and delete it.");
        }
        if (head != null && !seal.isOurs(head)) {
            return new AuditFinding(
                    AuditFault.SEAL,
                    head.sequence(),
                    "The seal of record " + head.sequence() + " in " + file.path()
                            + " is not this hub's: it was changed, or the key file is another one.");
        }
        return anchors.stream()
                .filter(anchor -> !seal.isOurs(anchor))
                .findFirst()
                .map(
                        anchor -> new AuditFinding(
                                AuditFault.SEAL,
                                anchor.sequence(),
                                "The seal of record " + anchor.sequence()
                                        + " in the database is not this hub's: it was changed, or the key file is another one."))
                .orElse(null);
    }

    /** A seal that the hub did not make. As long as there is one, nothing else here can be believed. */
    Optional<AuditFinding> forged() {
        return Optional.ofNullable(forged);
    }

    /** Seals that were taken out of the database: each names the one before it, and the file outside the last. */
    Optional<AuditFinding> missing() {
        long before = 0;
        String hash = "";
        for (AuditAnchor anchor : anchors) {
            boolean isFirst = before == 0 && anchor.pruned();
            if (!isFirst
                    && (anchor.previous() != before || !anchor.previousHash().equals(hash))) {
                return gone(before, anchor.sequence());
            }
            before = anchor.sequence();
            hash = anchor.hash();
        }
        return head != null && head.sequence() > before ? gone(before, head.sequence() + 1) : Optional.empty();
    }

    private static Optional<AuditFinding> gone(long from, long to) {
        return Optional.of(new AuditFinding(
                AuditFault.SEAL,
                from + 1,
                "A seal that the hub made of a record behind " + from + " and before " + to
                        + " is gone from the database."));
    }

    List<AuditAnchor> anchors() {
        return anchors;
    }

    /** The newest in the database. */
    Optional<AuditAnchor> newest() {
        return anchors.isEmpty() ? Optional.empty() : Optional.of(anchors.get(anchors.size() - 1));
    }

    /** Where the log begins: behind what was pruned. */
    Place start() {
        return anchors.stream()
                .filter(AuditAnchor::pruned)
                .max(Comparator.comparingLong(AuditAnchor::sequence))
                .map(Place::of)
                .orElse(beginning);
    }

    /** The newest place that the hub vouches for outside of the database; where nothing is outside, the last that it sealed. */
    Place trusted() {
        Place start = start();
        Place known = head == null ? newest().map(Place::of).orElse(start) : Place.of(head);
        return known.sequence() > start.sequence() ? known : start;
    }

    /** The hashes that are sealed, by their places. Where two seals contradict each other, it is one that no record has. */
    Map<Long, String> hashes() {
        Map<Long, String> hashes = new TreeMap<>();
        Stream.concat(anchors.stream(), Stream.ofNullable(head))
                .forEach(anchor -> hashes.merge(
                        anchor.sequence(), anchor.hash(), (one, other) -> one.equals(other) ? one : "contradiction"));
        return hashes;
    }
}
