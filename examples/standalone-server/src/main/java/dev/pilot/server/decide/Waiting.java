package dev.pilot.server.decide;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.InboxItem;
import dev.pilot.api.value.PageRequest;
import java.util.List;

/** Finds what somebody means: an approval by its own id, or by that of the run that waits for it. */
final class Waiting {
    private Waiting() {}

    static Approval find(Pilot pilot, String id) {
        try {
            return pilot.approvals().get(new ApprovalId(id));
        } catch (NotFound none) {
            return ofRun(pilot, id).stream()
                    .map(InboxItem::approval)
                    .findFirst()
                    .orElseThrow(() -> none);
        }
    }

    static List<InboxItem> ofRun(Pilot pilot, String id) {
        ApprovalFilter filter = ApprovalFilter.builder().runId(new RunId(id)).build();
        return pilot.approvals().inbox(filter, PageRequest.first()).items();
    }
}
