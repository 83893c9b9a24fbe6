package dev.pilot.core.system;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.core.config.PilotConfig;

/**
 * What every use-case of one hub stands on.
 *
 * @param config how the hub is set up
 * @param data where its files lie
 * @param store keeps everything but big payloads
 * @param redactor finds secrets
 * @param redaction redacts whole commands
 * @param ids makes ids
 * @param audit writes the audit log
 */
public record HubContext(
        PilotConfig config,
        DataDirectory data,
        ProjectStore store,
        SecretRedactor redactor,
        Redaction redaction,
        Ids ids,
        AuditTrail audit) {}
