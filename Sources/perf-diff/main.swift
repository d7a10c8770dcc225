import Commands

EntryPoint.run(.diff)
