// The one customer who can sign in.
import { Modules } from "@medusajs/framework/utils"
import { createCustomerAccountWorkflow } from "@medusajs/medusa/core-flows"

const ADA = { email: "ada@example.test", first_name: "Ada", last_name: "Finch" }

export async function loadCustomer(container) {
  const body = { email: ADA.email, password: "correct-horse-battery" }
  const { success, error, authIdentity } = await container.resolve(Modules.AUTH).register("emailpass", { body })
  if (!success) throw new Error(error)
  await createCustomerAccountWorkflow(container).run({
    input: { authIdentityId: authIdentity.id, customerData: ADA },
  })
}
