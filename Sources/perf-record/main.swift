import Commands

EntryPoint.run(.record)
