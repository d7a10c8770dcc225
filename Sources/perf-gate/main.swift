import Commands

EntryPoint.run(.gate)
